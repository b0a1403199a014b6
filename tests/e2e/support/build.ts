// The build that is tried: the one in dist/e2e, or another folder's, so that two builds can be
// tried side by side.
import { resolve } from 'node:path';

export const BUILD = resolve(
  process.env.UNSAID_E2E_EXTENSION ?? resolve(import.meta.dirname, '../../../dist/e2e'),
);
