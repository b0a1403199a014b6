/** "12:04", "1:02:03": whole seconds on a call's clock, downwards. */
export function sayClock(ms: number): string {
  const all = Math.floor(Math.abs(ms) / 1_000);
  const two = (count: number) => String(count).padStart(2, '0');
  const [hours, minutes] = [Math.floor(all / 3_600), Math.floor(all / 60) % 60];
  const rest = hours > 0 ? `${hours}:${two(minutes)}` : String(minutes);
  return `${ms < 0 && all > 0 ? '−' : ''}${rest}:${two(all % 60)}`;
}
