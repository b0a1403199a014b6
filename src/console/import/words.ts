// What importing surveys and past interactions says besides what every import says.
export const say = {
  kinds: { survey: 'Surveys', interaction: 'Past interactions' },
  intro: {
    survey:
      'What customers answered: whose, when, the score on its scale, a comment. A customer is found by name, mail domain or CRM id.',
    interaction:
      'Mails, calls and meetings of before: whose, when, the channel, the subject, who took part. Without a customer’s column the people tell whose it is.',
  },
  again:
    'The same file can be imported again: rows that are there already stay as they are. A row is known by the column that is its key, or by all of its cells.',
  order: 'Dates like 3/4/2027',
  orders: { dmy: 'Day first', mdy: 'Month first' },
  orderWhy: 'Some dates of this file can be read in two ways. Nothing of them is guessed.',
  zone: (name: string) => `Times without a zone are taken as ${name}, days without a time as noon.`,
  scaleMin: 'Scores from',
  scaleMax: 'to',
  scaleWhy: 'The columns do not tell on which scale the scores are.',
  useScale: 'Use this scale',
  badScale: 'Give two numbers, the first one smaller.',
  fields: {
    customerId: 'Customer’s id',
    date: 'Date',
    score: 'Score',
    scaleMin: 'Scale from',
    scaleMax: 'Scale to',
    text: 'Text',
    form: 'Form (survey, remark, …)',
    key: 'Key of the row',
    channel: 'Channel',
    subject: 'Subject',
    from: 'Sender',
    to: 'Recipients, people',
    direction: 'Direction (in, out)',
    messageId: 'Message-ID',
  } as Readonly<Record<string, string>>,
} as const;
