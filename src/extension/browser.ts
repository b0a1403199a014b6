// The one seam to the browser's extension API; only this file imports webextension-polyfill.
import browser from 'webextension-polyfill';

export type { Permissions, Runtime, Tabs } from 'webextension-polyfill';
export { browser };
