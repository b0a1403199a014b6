// Draws icons/unsaid.svg at the sizes that browsers ask for. Run it after changing the drawing:
// node scripts/icons.ts
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from './browsers.ts';

const SIZES = [16, 32, 48, 128];

/** Writes unsaid-16.png … unsaid-128.png beside unsaid.svg in `folder`; the ground stays clear. */
export async function drawIcons(folder: string): Promise<void> {
  const drawing = (await readFile(join(folder, 'unsaid.svg'))).toString('base64');
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    for (const size of SIZES) {
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      await page.setContent(
        `<style>body { margin: 0 } img { display: block; width: ${size}px; height: ${size}px }</style>
         <img src="data:image/svg+xml;base64,${drawing}">`,
      );
      await page.locator('img').evaluate((image) => (image as HTMLImageElement).decode());
      const path = join(folder, `unsaid-${size}.png`);
      await page.screenshot({ path, omitBackground: true });
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

if (import.meta.main) await drawIcons(resolve(import.meta.dirname, '../icons'));
