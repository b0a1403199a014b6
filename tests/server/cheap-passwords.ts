// Tests make people by the hundred, and a password's hash is made to cost. Here it costs next to
// nothing: hashing and checking take the same way, so a password still is right or wrong. Servers in
// processes of their own, as the e2e tests have them, hash as they are shipped.
import crypto, { type ScryptOptions } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const costly = crypto.scrypt as (
  password: string,
  salt: string,
  length: number,
  options: ScryptOptions,
  done: (error: Error | null, key: Buffer) => void,
) => void;

crypto.scrypt = ((password, salt, length, options, done) =>
  costly(password, salt, length, { ...options, N: 2, r: 1 }, done)) as typeof costly as never;
syncBuiltinESMExports();
