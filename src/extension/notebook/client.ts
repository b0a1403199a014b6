import type { CallsClient } from '../calls/client.ts';

/** All that the notebook knows of the world. */
export type NotebookClient = Pick<CallsClient, 'call' | 'events' | 'save' | 'now' | 'newId'>;
