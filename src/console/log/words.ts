const number = (value: number) => value.toLocaleString('en-GB');

export const say = {
  title: 'Log',
  why: 'Every change of the workspace has a number in one log that is only ever added to. The server signs how far it goes; whoever keeps such a checkpoint can tell later whether the past was changed.',
  reading: 'Reading the newest checkpoint…',
  newest: 'Newest checkpoint',
  strange: 'What the server sent is no signed checkpoint. Tell your administrator.',
  size: 'Changes',
  number,
  origin: 'Log',
  root: 'Root',
  key: 'Signed with',
  signatures: {
    good: 'This browser has checked the signature: it fits.',
    bad: 'The signature does not fit the text. Tell your administrator.',
    unknown: 'This browser cannot check signatures of this kind. A newer one can.',
  },
  cosigned: 'Cosigned by',
  nobody:
    'Nobody yet. Only the server has signed it: keep a copy elsewhere to hold it to its word.',
  note: 'The checkpoint as it is signed',
  copy: 'Copy',
  copied: 'Copied.',
  notCopied: 'Your browser does not let this page copy. Select the text and copy it yourself.',
  check: 'Is an entry in the log?',
  checkWhy:
    'Your browser asks for the changes of one entry and for the proof of each, and works out by itself whether they lead to the signed root.',
  entry: 'Address of the entry',
  entryHint: 'Open it in the register and copy the address from your browser.',
  entryWrong: 'There is no entry in this address. It looks like …#/record/expectation/….',
  checkDo: 'Check',
  checking: 'Checking…',
  allIn: (count: number) =>
    count === 1
      ? 'Its one change is in the log, as it was written.'
      : `All of its ${number(count)} changes are in the log, as they were written.`,
  notIn: (count: number) =>
    count === 1
      ? 'One change does not fit the log. Tell your administrator.'
      : `${number(count)} changes do not fit the log. Tell your administrator.`,
  change: (seq: number) => `no. ${number(seq)}`,
  in: 'in the log',
  notInLog: 'not in the log',
  changed: 'in the log, but its words were changed',
  erased: 'in the log; its words were erased, or are not part of the entry',
  verify: 'Checking everything, without this page',
  verifyWhy:
    'Both sides of the check above come from the server. To check the whole log without trusting it, run this where the server’s data lies; it reads every change, every hash and every signature.',
  verifyKey: 'The same place prints the server’s key, to compare with the one above.',
};
