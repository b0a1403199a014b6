// The little of the extension API that tests evaluate inside Chromium.
declare const chrome: {
  tabs: {
    query(what: {
      active?: boolean;
      lastFocusedWindow?: boolean;
    }): Promise<{ id: number; url?: string }[]>;
  };
  scripting: { getRegisteredContentScripts(): Promise<unknown[]> };
  action: { onClicked: unknown; getBadgeText(of: { tabId: number }): Promise<string> };
  runtime: { sendMessage(message: unknown): Promise<unknown> };
};
