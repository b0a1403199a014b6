import { plain } from '../generic/plain.ts';
import type { Site } from '../site.ts';

export const sites: readonly Site[] = [plain];
