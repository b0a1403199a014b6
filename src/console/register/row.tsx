import { Component, type Ref, type TargetedFocusEvent } from 'preact';
import { sayClock } from '../../ui/call/time-said.ts';
import { Icon, KindIcon, Ladder, markKind, sayDay, sayInstant, useWords } from '../../ui/index.ts';
import type { Row } from '../api.ts';
import { sayWriter } from '../record/say-value.ts';
import { useConsoleWords } from '../words.ts';
import { keyOf } from './rows.ts';

/** Nobody reads more than this in a table row, and 200 KB of it would slow the table down. */
const SHOWN = 1_000;

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

export interface RegisterRowProps {
  readonly row: Row;
  readonly index: number;
  readonly href: string;
  readonly active: boolean;
  readonly open: boolean;
  readonly linkRef: Ref<HTMLAnchorElement> | null;
  /** The same function for all rows. */
  readonly onFocus: (key: string) => void;
}

/** Drawn again only when it is another row or stands differently: scrolling moves forty of them. */
export class RegisterRow extends Component<RegisterRowProps> {
  override shouldComponentUpdate(next: RegisterRowProps): boolean {
    const names = Object.keys(next) as (keyof RegisterRowProps)[];
    return names.some((name) => next[name] !== this.props[name]);
  }
  override render() {
    return <Cells {...this.props} />;
  }
}

/** One record. The link in it covers the row: a click, Enter and a middle click all open it. */
function Cells({ row, index, href, active, open, linkRef, onFocus }: RegisterRowProps) {
  const shared = useWords();
  const words = useConsoleWords();
  const mark = markKind(row.kind, row.label);
  const writer = cut(sayWriter(row, words));
  const place = row.channel ? shared.channel[row.channel] : shared.interaction;
  const link = {
    ref: linkRef,
    href,
    class: 'c-row-link',
    tabIndex: active ? 0 : -1,
    'aria-current': open ? ('true' as const) : undefined,
    dir: 'auto' as const,
    onFocus: (event: TargetedFocusEvent<HTMLAnchorElement>) => {
      const { dataset, scrollWidth, clientWidth } = event.currentTarget;
      // The whole is laid over the rows below only where something is cut off.
      dataset.cut = String(scrollWidth > clientWidth);
      onFocus(keyOf(row));
    },
  };
  return (
    <tr aria-rowindex={index + 2} data-open={open ? true : undefined}>
      <td class="c-mark">
        {mark ? (
          <KindIcon kind={mark} />
        ) : (
          <span class="u-kind u-quiet">
            <Icon name="interaction" label={place} />
          </span>
        )}
      </td>
      <td class="c-quote">
        <a {...link}>
          {row.quote ? (
            <span class="u-said">{cut(row.quote)}</span>
          ) : (
            <span class="u-quiet" dir="auto">
              {row.moment
                ? `${sayClock(row.moment.offset)} ${row.moment.name ?? words.tags.means[row.moment.means]}`
                : mark
                  ? words.register.noWords
                  : place}
            </span>
          )}
        </a>
      </td>
      <td class="c-text">
        <span dir="auto">{cut(row.text ?? '')}</span>
      </td>
      <td class="c-customer" dir="auto">
        {row.customer?.name}
      </td>
      <td class="c-project" dir="auto">
        {row.project?.name}
      </td>
      <td class="c-class">{row.class && shared.class[row.class]}</td>
      <td class="c-stage">
        {row.stage && <Ladder size="small" stage={row.stage} outcome={row.outcome ?? null} />}
      </td>
      <td class="c-author" dir="auto" title={row.writtenBy ? writer : undefined}>
        {writer}
      </td>
      <td class="c-at">
        <time dateTime={row.at} title={sayInstant(row.at, shared.lang)}>
          {sayDay(row.at, shared.lang)}
        </time>
      </td>
    </tr>
  );
}
