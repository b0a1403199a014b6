// The settings of the workspace: what each list is for, and examples of its lines.
import type { SettingName } from '../../domain/setting-lines.ts';

interface ListWords {
  readonly title: string;
  readonly why: string;
  readonly label: string;
  /** What to do next, for who may change it; and what there is, for who may not. */
  readonly empty: string;
  readonly none: string;
  /** A line as an example, and what it means. */
  readonly rules: readonly (readonly [string, string])[];
}

export const settingsWords = {
  title: 'Settings of the workspace',
  reading: 'Reading the settings…',
  managersOnly: 'Managers and admins can change these lists. Ask one of them.',
  lists: {
    'never-log': {
      title: 'Never-log list',
      why: 'A mail that fits a line is never read, stored or sent, in anybody’s browser. What was captured before stays.',
      label: 'Never read these, one on each line',
      empty: 'Nothing is on the list yet. Begin with a domain, for instance that of a doctor.',
      none: 'Nothing is on the list.',
      rules: [
        ['clinic.example', 'everybody at this domain and its subdomains'],
        ['name@clinic.example', 'one address'],
        ['*@hr.*', 'a pattern; * stands for anything'],
        ['subject: payslip', 'words in the subject'],
        ['# why', 'a remark for whoever reads the list'],
      ],
    },
    'own-domains': {
      title: 'Own mail domains',
      why: 'People at these domains are colleagues, not customers. What they send counts as sent by us.',
      label: 'Our domains and addresses, one on each line',
      empty: 'No domain yet. Begin with the one that your own address ends in.',
      none: 'No domain is on the list.',
      rules: [
        ['company.example', 'everybody at this domain and its subdomains'],
        ['name@gmail.com', 'one address, where others have addresses too'],
        ['# why', 'a remark for whoever reads the list'],
      ],
    },
    'blind-spots': {
      title: 'Blind spots',
      why: 'From when on a customer is listed among the blind spots. What no line says is as usual: grievance: 7 days, new contact: 90 days, satisfied: 75 %, no talk: 180 days, not asked: 90 days.',
      label: 'What differs from the usual, one on each line',
      empty:
        'Everything is as usual. Begin with the number that is wrong for you, for instance not asked: 60 days.',
      none: 'Everything is as usual.',
      rules: [
        ['grievance: 7 days', 'a grievance that nobody has answered for so long'],
        ['new contact: 90 days', 'so long somebody counts as new'],
        ['satisfied: 75 %', 'content, by where a survey’s score is on its scale'],
        ['no talk: 180 days', 'nobody has talked with them about what they expect for so long'],
        ['not asked: 90 days', 'nobody has asked them anything for so long'],
        ['# why', 'a remark for whoever reads the list'],
      ],
    },
    'per-person-figures': {
      title: 'Figures about one person',
      why: 'The time a review took, and rates for one reviewer or owner. Where a works council has a say, switch them off: they are then neither kept nor shown. What people wrote stays with their name.',
      label: 'Figures about one person',
      empty: '',
      none: 'They are kept and shown.',
      rules: [],
    },
  } as Readonly<Record<SettingName, ListWords>>,
  perPerson: {
    on: 'Keep and show them',
    off: 'Neither keep nor show them',
    isOn: 'They are kept and shown.',
    isOff: 'They are neither kept nor shown.',
    saved: 'Saved. It holds from now on.',
    changed: 'Somebody has changed this in the meantime. What they chose is shown now.',
  },
  save: 'Save',
  saved: 'Saved. Browsers follow it from their next sync on.',
  nothingChanged: 'Nothing has changed yet.',
  safe: 'Your lines are still in the field.',
  merged:
    'Somebody changed this list while you were writing. Both changes are in the field now. Look at them, then save.',
  problems: (count: number) =>
    count === 1 ? 'One line cannot be used yet.' : `${count} lines cannot be used yet.`,
  line: (number: number) => `Line ${number}:`,
  unchanged: 'Nobody has changed this list yet.',
  changedBy: (who: string, when: string) => `Changed by ${who}, ${when}`,
  added: 'Added',
  removed: 'Taken off',
  more: (count: number) => `and ${count.toLocaleString('en-GB')} more`,
};
