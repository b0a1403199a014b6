import type { Bar } from './bar.ts';

export type Places = {
  bar: Bar;
  help: boolean;
  setHelp: (on: boolean) => void;
};

/**
 * A key went down in the bar: does what it stands for, and says whether it stood for something. Keys
 * with Ctrl, Alt or Meta are the browser's; while somebody types only Escape is ours, in the field.
 */
export function pressedKey(event: KeyboardEvent, places: Places, typing: boolean): boolean {
  const { bar, help, setHelp } = places;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing) return false;
  const { key, timeStamp } = event;
  if (key === '?') {
    setHelp(!help);
    return true;
  }
  if (key === 'Escape' && help) {
    setHelp(false);
    return true;
  }
  if (bar.running === null || bar.state.view?.settings.keys !== true) return false;
  // Held down: one press, which ends when it goes up.
  if (event.repeat) return true;
  const tag = bar.pressable().find(({ shortcut }) => shortcut === key.toLowerCase());
  const onButton = event.target instanceof Element && event.target.closest('button, a') !== null;
  if (tag) bar.tag(tag, timeStamp, key.toLowerCase());
  else if (key === '0') bar.momentAgo();
  else if (key === '.') bar.keepMoment(timeStamp);
  else if (key === 'Backspace') {
    const [last] = bar.latest();
    if (last) bar.takeBack(last);
  } else if (key.toLowerCase() === 'h') void bar.hangUp(timeStamp);
  else if (key.toLowerCase() === 'n') bar.openLine(null);
  // A button that has the focus is pressed by these two.
  else if (onButton) return false;
  else if (key === ' ') void bar.pause(timeStamp);
  else if (key === 'Enter') bar.openLine(bar.latest()[0] ?? null);
  else return false;
  return true;
}
