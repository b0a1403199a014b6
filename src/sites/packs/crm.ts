// Programs that are known by their addresses.

import { dynamics } from '../dynamics/dynamics.ts';
import { linkedin } from '../linkedin/linkedin.ts';
import { pipedrive } from '../pipedrive/pipedrive.ts';
import type { Site } from '../site.ts';
import { zoho } from '../zoho/zoho.ts';

export const sites: readonly Site[] = [pipedrive, zoho, dynamics, linkedin];
