import type { Id } from '../../domain/index.ts';

/** `wrong`: no honest server's log has it. `notice`: for a person to know and to judge. */
export type Finding = {
  is: 'wrong' | 'notice';
  what: What;
  words: string;
  /** The leaf it is about. */
  seq?: number;
  device?: Id;
};

export type What =
  // the leaves
  | 'gap'
  | 'repeat'
  | 'leaf-malformed'
  | 'leaf-not-canonical'
  | 'other-workspace'
  | 'rank-above-at'
  | 'rank-above-received'
  // the tree
  | 'leaf-changed'
  | 'tile-missing'
  | 'tile-changed'
  | 'size-differs'
  | 'root-differs'
  // checkpoints
  | 'checkpoint-malformed'
  | 'checkpoint-unknown-key'
  | 'checkpoint-bad-signature'
  | 'other-log'
  | 'other-origin'
  | 'rollback'
  | 'fork'
  // bodies
  | 'body-changed'
  | 'body-never-matched'
  | 'body-missing'
  | 'salt-missing'
  | 'erasure'
  // devices
  | 'number-skipped'
  | 'number-reused'
  | 'chain-broken'
  | 'author-changed'
  | 'signature-missing'
  | 'signature-wrong'
  | 'key-replaced'
  | 'wrote-after-revoked'
  | 'first-device'
  | 'unattested-device'
  | 'unsigned-device';

/** Where findings go, one by one: a log with a million wrong leaves needs no more memory than one. */
export type Report = (finding: Finding) => void;

export type Place = { seq?: number; device?: Id };

export function wrong(what: What, words: string, place: Place = {}): Finding {
  return { is: 'wrong', what, words, ...place };
}

export function notice(what: What, words: string, place: Place = {}): Finding {
  return { is: 'notice', what, words, ...place };
}
