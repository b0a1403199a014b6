// A thread that looks at lines of a bundle, each by itself.
import { parentPort } from 'node:worker_threads';
import { lookAtLines } from '../../evidence/index.ts';
import { nodeHasher } from '../hasher.ts';
import type { Look } from './lookers.ts';

parentPort?.on('message', ({ lines, workspace }: Look) => {
  parentPort?.postMessage(lookAtLines(nodeHasher, lines, workspace));
});
