import { type BundleFinding, sayProven, type Verdict } from '../evidence/index.ts';

const count = (number: number) => number.toLocaleString('en-GB');

export const say = {
  reading: (bytes: number, of: number) =>
    `Reading: ${count(Math.round(bytes / 1e6))} MB unpacked, out of a zip of ${count(Math.max(1, Math.round(of / 1e6)))} MB.`,
  noKey:
    'This is no key. It looks like name+id+letters, as the server’s keeper prints it with “unsaid key”.',
  noFile: 'Choose a bundle first.',
  noEd25519:
    'This browser cannot check Ed25519 signatures. Use a newer one, or “npx unsaid verify”.',
  sound: 'Nothing in this bundle was changed.',
  broken: (wrongs: number) =>
    wrongs === 1 ? 'One thing does not fit.' : `${count(wrongs)} things do not fit.`,
  cannot: 'This could not be read.',
  facts(verdict: Verdict): string[] {
    const { proven, log, keyGiven, whole } = verdict;
    return [
      keyGiven
        ? 'The log’s key was given by you.'
        : 'No key was given: this shows that the bundle fits together, not whose log it is. Ask the server’s keeper for the key by another way.',
      ...sayProven(proven),
      whole
        ? 'It is the whole log as of its checkpoint.'
        : 'It is a part of the log. What else there was, it does not show.',
      ...(log === null
        ? []
        : [`Log: ${log.origin}`, `${count(log.size)} changes in it, root ${log.root}`]),
    ];
  },
  place: ({ file, line }: BundleFinding) =>
    file === undefined ? '' : line === undefined ? file : `${file}, line ${line}`,
  which: 'Kind',
  where: 'Where',
  what: 'What',
  kinds: { wrong: 'Wrong', notice: 'To know' },
};
