// The extension's two shapes, as data: what manifest.json becomes for each browser.
import type manifest from '../manifest.json';

export type Manifest = typeof manifest;
export type Mode = 'production' | 'e2e';
export type Browser = 'chromium' | 'firefox';

/** Hosts that the end-to-end tests capture on; no released build has any host at install. */
const TEST_HOSTS = ['http://127.0.0.1/*', 'http://localhost/*'];

/** The manifest as it stands in the built folder. */
export function manifestFor(
  source: Manifest,
  browser: Browser,
  mode: Mode,
): Record<string, unknown> {
  const { minimum_chrome_version, ...common } = source;
  const hosts = mode === 'e2e' ? { host_permissions: TEST_HOSTS } : {};
  if (browser === 'chromium') {
    return {
      ...common,
      ...hosts,
      commands: heardEverywhere(source.commands),
      minimum_chrome_version,
      background: { service_worker: 'background.js', type: 'module' },
    };
  }
  return {
    ...common,
    ...hosts,
    // Event pages: Firefox has no extension service workers.
    background: { scripts: ['background.js'], type: 'module' },
    // Firefox knows no use_dynamic_url; its addresses are random per installation anyway.
    web_accessible_resources: source.web_accessible_resources.map(({ resources, matches }) => ({
      resources,
      matches,
    })),
    browser_specific_settings: {
      gecko: {
        id: 'unsaid@unsaid.invalid',
        strict_min_version: '140.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  };
}

/**
 * Calls are tagged while another program is in front: their commands may have keys that Chromium
 * hears everywhere. Firefox hears keys in its own windows only, and knows no `global`.
 */
function heardEverywhere(commands: Manifest['commands']): Record<string, object> {
  return Object.fromEntries(
    Object.entries(commands).map(([name, command]) => [
      name,
      name.startsWith('call-') ? { ...command, global: true } : command,
    ]),
  );
}
