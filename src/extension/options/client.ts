import type { callFromSidebar } from '../messages/send.ts';

export type Shortcut = { name: string; description: string; keys: string };

/** All that the options page knows of the world. */
export type OptionsClient = {
  call: typeof callFromSidebar;
  /**
   * Asks the person for access to a site. Browsers answer only straight from a click, so nothing
   * may be awaited before this is called.
   */
  allow(origin: string): Promise<boolean>;
  revoke(origin: string): Promise<boolean>;
  /** Asks the person whether notifications may be shown; straight from a click too. */
  allowNotifications(): Promise<boolean>;
  /** The browser's keyboard commands; empty where it does not tell. */
  shortcuts(): Promise<readonly Shortcut[]>;
  openTab(url: string): void;
  copy(text: string): Promise<void>;
  /** Gives the person a file with this text. */
  save(name: string, text: string): void;
};
