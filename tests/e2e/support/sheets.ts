// What stands on each sheet of a PDF, as far as this machine can read one.
import { execFileSync } from 'node:child_process';

/** How many sheets it has: Chromium writes its page objects as they are. */
export function sheetCount(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/** The text of each sheet, or null where poppler's pdftotext is not installed. */
export function sheetTexts(pdf: Buffer): string[] | null {
  try {
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).toString();
    return text.split('\f').slice(0, -1);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
