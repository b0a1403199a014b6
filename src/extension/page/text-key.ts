/** Whether a key writes or takes back text where somebody types; Enter belongs to it. */
export function isTextKey(event: KeyboardEvent): boolean {
  const isCommand = event.ctrlKey || event.metaKey || event.altKey;
  // AltGr is Ctrl and Alt on some systems.
  if (event.isComposing || (isCommand && !event.getModifierState('AltGraph'))) return false;
  return [...event.key].length === 1 || event.key === 'Backspace' || event.key === 'Enter';
}
