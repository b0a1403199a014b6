// Entry of the part that most pages never need: more.ts, and what the background asks of it alone. The
// script that lies in every page does not grow for that.
import { browser, type Runtime } from '../browser.ts';
import { isWire } from '../messages/wire.ts';
import { Insert } from './insert.ts';
import './more.ts';
import { shared } from './shared-names.ts';

function hearInsert(insert: Insert, signal: AbortSignal): void {
  const hear = (
    message: unknown,
    sender: Runtime.MessageSender,
    answer: (told: unknown) => void,
  ): true | undefined => {
    if (!isWire(message) || message.to !== 'page-event') return undefined;
    if (sender.id !== browser.runtime.id || sender.tab !== undefined) return undefined;
    if (message.call === 'writing') answer(insert.at);
    if (message.call !== 'insert') return undefined;
    const { text } = message.payload as { text: string };
    void insert.put(text).then(answer, () => answer(false));
    return true;
  };
  // The types know a listener that always answers or never does; this one decides by the message.
  const listener = hear as Runtime.OnMessageListenerCallback;
  browser.runtime.onMessage.addListener(listener);
  signal.addEventListener('abort', () => browser.runtime.onMessage.removeListener(listener), {
    once: true,
  });
}

const { running } = shared;
if (running !== null && !running.signal.aborted) {
  hearInsert(new Insert(running.signal), running.signal);
}
