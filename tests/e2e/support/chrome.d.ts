// The little of the extension API that tests evaluate inside Chromium.
declare const chrome: {
  tabs: {
    query(what: { active: boolean; lastFocusedWindow: boolean }): Promise<unknown[]>;
  };
  scripting: { getRegisteredContentScripts(): Promise<unknown[]> };
  action: { onClicked: unknown };
  runtime: { sendMessage(message: unknown): Promise<unknown> };
};
