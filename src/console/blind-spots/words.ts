// Every sentence of the page of blind spots that is not about one of them (ui/blind-spot-words.ts).
export const say = {
  title: 'Blind spots',
  intro:
    'Customers of whom too little is known of what they expect, though nothing need seem wrong with them. Each says why it is listed.',
  reading: 'Counting what is on file…',
  count: (total: number, customers: number) =>
    `${total.toLocaleString('en-GB')} of ${customers.toLocaleString('en-GB')} ${customers === 1 ? 'customer' : 'customers'}.`,
  reasons: 'Reasons',
  reasonsHint: 'Choose some to see only the customers that are listed for them.',
  name: 'Customer’s name',
  sort: 'Order',
  sorts: {
    urgency: 'Most urgent first',
    days: 'Longest first',
    name: 'By name',
  },
  list: 'Customers, by the chosen order',
  story: 'Open in the register',
  storyOf: (name: string) => `${name}: open in the register`,
  nameless: 'Without a name',
  none: 'No customer is a blind spot. Every one of them was asked something lately, and no grievance waits.',
  nobody: 'There are no customers yet. They come with the first cards, or by an import.',
  toImport: 'Import customers',
  nothing: 'No customer fits what is chosen.',
  all: 'Show all',
  more: (count: number) => `Show ${count.toLocaleString('en-GB')} more`,
  cut: (shown: number) =>
    `These are the ${shown.toLocaleString('en-GB')} most urgent. Choose a reason to see others.`,
  limits: 'From when on somebody is listed stands in the settings of the workspace.',
  toSettings: 'Settings',
} as const;
