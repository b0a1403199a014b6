// What every build and test shares. The programs themselves are put together in scripts/build.ts.
import { defineConfig } from 'vite';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
