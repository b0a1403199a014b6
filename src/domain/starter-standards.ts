// Not in index.ts: only the console offers them.
import type { StandardText } from './standards.ts';

const SERVICE_CAUSES = [
  ...['Nobody was responsible', 'Not known', 'Not enough time', 'Handed over badly'],
  ...['Tool or system', 'Supplier', 'Customer did not answer'],
];

const starter = (name: string, text: string, more: Partial<StandardText> = {}): StandardText => ({
  ...{ name, text, judgement: 'yes-no', anchors: [], unit: '', better: 'more' },
  ...{ ourTarget: 1, customerTarget: null, weight: 1, critical: false, mayNotApply: true },
  ...{ causes: SERVICE_CAUSES, clause: '' },
  ...more,
});

/** To begin with; a workspace takes what fits and words it anew. */
export const STARTER_STANDARDS: readonly StandardText[] = [
  starter(
    'First answer',
    'A message from the customer is answered by a person, also where the answer is only when more will follow.',
    {
      ...{ judgement: 'number', unit: 'working hours', better: 'less' },
      ...{ ourTarget: 4, customerTarget: 24, weight: 2, clause: 'ISO 9001:2015 8.2.1' },
    },
  ),
  starter(
    'Promises kept',
    'What we promised was done by the day we named, or the customer heard of the delay before that day.',
    { weight: 3, critical: true, clause: 'ISO 9001:2015 8.2.2' },
  ),
  starter(
    'Asked what they did not say',
    'Before the work began, somebody asked what the customer takes for granted, and wrote down the answer.',
    { weight: 2, clause: 'ISO 9001:2015 8.2.3.1' },
  ),
  starter(
    'One person to turn to',
    'The customer knew at all times who is responsible for them, also during holidays.',
  ),
  starter(
    'Told before they had to ask',
    'How far the customer was told of changes, delays and results by us, before they asked.',
    {
      judgement: 'scale',
      anchors: [
        'They always had to ask',
        'Mostly they had to ask',
        'Told of what was large',
        'Told of nearly everything in time',
        'Never had to ask',
      ],
      ...{ ourTarget: 4, customerTarget: 3, weight: 2 },
    },
  ),
  starter(
    'Grievances answered',
    'Each grievance, also one said in passing, got an answer within the time we set ourselves.',
    {
      ...{ judgement: 'number', unit: 'days', better: 'less', ourTarget: 5, customerTarget: 10 },
      ...{ weight: 2, clause: 'ISO 9001:2015 9.1.2' },
    },
  ),
  starter(
    'Handed over whole',
    'Whoever took over knew the story: nobody asked the customer for what they had said before.',
    { judgement: 'yes-no' },
  ),
  starter(
    'Left better than found',
    'At the end, somebody asked how it was for them and what would have been better, and it was written down.',
    { clause: 'ISO 9001:2015 9.1.2' },
  ),
];
