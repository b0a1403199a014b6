import { salesforce } from '../salesforce/salesforce.ts';
import type { Site } from '../site.ts';

export const sites: readonly Site[] = [salesforce];
