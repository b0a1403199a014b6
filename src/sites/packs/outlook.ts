// Microsoft's mail.

import { outlook } from '../outlook/outlook.ts';
import type { Site } from '../site.ts';

export const sites: readonly Site[] = [outlook];
