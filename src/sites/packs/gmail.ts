// Google's mail.

import { gmail } from '../gmail/gmail.ts';
import type { Site } from '../site.ts';

export const sites: readonly Site[] = [gmail];
