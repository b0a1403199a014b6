import { generic } from '../generic/generic.ts';
import type { Site } from '../site.ts';

export const sites: readonly Site[] = [generic];
