import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../../../ui/icons.tsx';
import type { AppProps } from '../app.tsx';

/** After a change it is looked at again, once for all that happen in this time. */
const LATER_MS = 600;

/** One quiet line where the page's customer is a blind spot; its words come when there is one. */
export function BlindLine({ sidebar }: AppProps) {
  const { story, changes } = sidebar.state;
  const customer = story?.customer.id ?? null;
  const [line, setLine] = useState<{ customer: string; text: string } | null>(null);
  useEffect(() => {
    if (customer === null) return;
    let current = true;
    const look = async () => {
      const answer = await sidebar.core.call('blindSpot', { customer });
      const spot = answer.ok ? (answer.value?.spot ?? null) : null;
      const words = spot && (await import('../../../ui/blind-spot-words.ts'));
      if (current) setLine(spot && words && { customer, text: words.saySpot(spot) });
    };
    const timer = setTimeout(() => void look(), line?.customer === customer ? LATER_MS : 0);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [sidebar, customer, changes]);
  if (line === null || line.customer !== customer) return null;
  return (
    <p class="s-meta s-blind">
      <Icon name="attention" size={14} /> <bdi>{line.text}</bdi>
    </p>
  );
}
