import type { Site } from '../site.ts';
import { zendesk } from '../zendesk/zendesk.ts';

export const sites: readonly Site[] = [zendesk];
