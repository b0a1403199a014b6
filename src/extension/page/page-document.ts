import { safeDocument } from '../../anchor/safe-document.ts';

/** This frame's document, whatever its elements are named. */
export const page = safeDocument(document);
