import type { Bar } from './bar.ts';
import { stampOf } from './moments.ts';

export type Places = {
  bar: Bar;
  help: boolean;
  setHelp: (on: boolean) => void;
};

const FIELDS =
  'textarea, select, [contenteditable], input:not([type=button], [type=checkbox], [type=radio], [type=submit])';

/** Asks for names, not classes: the bar may lie in another window, whose classes are others. */
export function isField(target: EventTarget | null): boolean {
  const element = target as Partial<Element> | null;
  return element?.closest?.(FIELDS) != null;
}

/** What a key is told apart by while it is down; Shift may change the character meanwhile. */
export function heldBy(event: KeyboardEvent): string {
  return event.code || event.key.toLowerCase();
}

/**
 * A key went down in the bar: does what it stands for, and says whether it stood for something.
 * Single keys do nothing in a field and while they are switched off; with Alt or Ctrl, a tag's key
 * sets its tag there too.
 */
export function pressedKey(event: KeyboardEvent, places: Places): boolean {
  if (event.metaKey || event.isComposing) return false;
  const { bar, help, setHelp } = places;
  // AltGr, as Windows tells it: it types a character.
  if (event.ctrlKey && event.altKey) return false;
  const isSingle = !event.ctrlKey && !event.altKey;
  const typing = isField(event.target);
  const tag = bar.pressable().find(({ shortcut }) => isKeyOf(event, shortcut, isSingle));
  const mayTag = isSingle ? !typing && bar.state.view?.settings.keys === true : !event.shiftKey;
  if (tag && mayTag && bar.running !== null) {
    // Held down: one press, which ends when it goes up.
    if (!event.repeat) bar.tag(tag, stampOf(event), heldBy(event));
    return true;
  }
  if (!isSingle || typing) return false;
  if (event.key === 'Escape' && help) {
    setHelp(false);
    return true;
  }
  if (bar.state.view?.settings.keys !== true) return false;
  if (event.key.toLowerCase() === bar.keys().keys) {
    setHelp(!help);
    return true;
  }
  if (bar.running === null) return false;
  return pressedOwn(event, bar);
}

function isKeyOf(event: KeyboardEvent, shortcut: string, isSingle: boolean): boolean {
  if (shortcut === '') return false;
  // Alt makes other characters of keys on some keyboards: there the digit's place is asked.
  const isDigit = !isSingle && event.code === `Digit${shortcut}`;
  return event.key.toLowerCase() === shortcut || isDigit;
}

/** The keys that are not of a tag. */
function pressedOwn(event: KeyboardEvent, bar: Bar): boolean {
  const key = event.key.toLowerCase();
  const [last] = bar.latest();
  const isOnButton = (event.target as Partial<Element> | null)?.closest?.('button, a') != null;
  const keys = bar.keys();
  const does: { readonly [key: string]: (() => unknown) | undefined } = {
    [keys.momentAgo]: () => bar.momentAgo(),
    [keys.keepMoment]: () => bar.keepMoment(stampOf(event)),
    [keys.hangUp]: () => bar.hangUp(stampOf(event)),
    [keys.note]: () => bar.openLine(null),
    backspace: () => last && bar.takeBack(last),
    // A button that has the focus is pressed by these two.
    ' ': isOnButton ? undefined : () => bar.pause(stampOf(event)),
    enter: isOnButton ? undefined : () => bar.openLine(last ?? null),
  };
  const act = does[key];
  if (act === undefined) return false;
  if (!event.repeat) void act();
  return true;
}
