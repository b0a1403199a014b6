// Pages that do not let the sidebar stay: our button says so, and a press on it opens the sidebar in
// a tab of its own. The browser forgets the sign when the tab shows another page.
import { browser } from '../browser.ts';

const SIGN = '!';

export async function showLost(tab: number): Promise<void> {
  await browser.action.setBadgeText({ tabId: tab, text: SIGN });
  await browser.action.setTitle({
    tabId: tab,
    title: 'This page keeps removing or covering Unsaid. Press to open it in a tab of its own.',
  });
}

export async function isLost(tab: number): Promise<boolean> {
  return (await browser.action.getBadgeText({ tabId: tab })) === SIGN;
}
