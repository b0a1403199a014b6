import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { installedChromium } from './scripts/browsers.ts';

const jsx = { jsx: { runtime: 'automatic' as const, importSource: 'preact' } };
const executablePath = installedChromium();
// A machine that others use stands still for a second now and then.
const expectation = { poll: { timeout: 5_000 } };
const setupFiles = process.env.UNSAID_LONG === '1' ? [] : ['tests/same-seeds.ts'];

export default defineConfig({
  test: {
    // Two cores: more workers only make property tests run into their time limits.
    maxWorkers: 2,
    projects: [
      {
        oxc: jsx,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.browser.test.ts', 'tests/e2e/**', 'tests/simulation/**'],
          // A file's imports are most of what a short one costs; the next in the process has them.
          isolate: false,
          setupFiles,
          expect: expectation,
          globalSetup: 'tests/server/shared-postgres.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        oxc: jsx,
        test: {
          // By themselves: they put a browser's databases and locks in the place of Node's.
          name: 'simulation',
          include: ['tests/simulation/**/*.test.ts'],
          setupFiles,
        },
      },
      {
        oxc: jsx,
        optimizeDeps: {
          include: [
            '@observablehq/plot',
            'preact',
            'preact/hooks',
            'preact/jsx-runtime',
            'preact/jsx-dev-runtime',
            'axe-core',
            'zod/mini',
            'fast-check',
            'idb',
            'uuid',
            'webextension-polyfill',
            'canonicalize',
            'punycode/punycode.es6.js',
            '@noble/hashes/hmac.js',
            '@noble/hashes/sha2.js',
            '@noble/hashes/utils.js',
          ],
        },
        test: {
          name: 'browser',
          include: ['tests/**/*.browser.test.{ts,tsx}'],
          setupFiles,
          expect: expectation,
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath === null ? {} : { executablePath }),
                args: [
                  '--no-sandbox',
                  '--disable-gpu',
                  '--disable-quic',
                  '--no-first-run',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        oxc: jsx,
        test: {
          name: 'e2e',
          // They mostly wait, each file for a browser and a server of its own: two at a time.
          include: ['tests/e2e/**/*.e2e.test.ts'],
          expect: expectation,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
