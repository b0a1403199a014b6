import { practice } from '../practice/practice.ts';
import type { Site } from '../site.ts';

export const sites: readonly Site[] = [practice];
