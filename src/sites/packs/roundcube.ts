import { roundcube } from '../roundcube/roundcube.ts';
import type { Site } from '../site.ts';

export const sites: readonly Site[] = [roundcube];
