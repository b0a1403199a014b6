/** What can be expected to fail, told across contexts as a value. Anything else is a bug. */
export type FailureCode =
  | 'bad-input'
  | 'not-found'
  | 'disk-full'
  | 'storage'
  | 'no-page'
  | 'not-connected'
  | 'unreachable'
  | 'refused'
  | 'never-log'
  | 'ended';

export type Failure = { code: FailureCode; message: string };

export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure(code: FailureCode, message: string): Result<never> {
  return { ok: false, error: { code, message } };
}

/** The one error class for expected failures inside a context; `message` is for the person. */
export class ExpectedError extends Error {
  readonly code: FailureCode;
  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ExpectedError';
    this.code = code;
  }
}
