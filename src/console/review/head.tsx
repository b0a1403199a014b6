import { sayDate, useWords } from '../../ui/index.ts';
import type { DeskProps } from './desk.tsx';
import type { useKeeper } from './use-keeper.ts';
import { say } from './words.ts';

type HeadProps = Pick<DeskProps, 'sheet'> & ReturnType<typeof useKeeper>;

/** Whose review it is, in which draw, and whether it is kept. */
export function Head({ sheet, keeper, paused }: HeadProps) {
  const { lang } = useWords();
  const { draft, draw, title, customer } = sheet;
  return (
    <header class="c-review-head">
      <div>
        <h1 dir="auto">{title || say.unnamed}</h1>
        <p>
          {customer !== null && draft.unit !== 'customer' && (
            <span dir="auto">{say.of(customer)} · </span>
          )}
          {say.draw}{' '}
          <a href={`#/draws/${encodeURIComponent(draw.id)}`} dir="auto">
            {draw.name}
          </a>
          {draw.due !== null && ` · ${say.due(sayDate(draw.due, lang))}`}
        </p>
        {draft.blind && (
          <p class="u-hint">
            <strong>{say.blind}.</strong> {say.blindWhy}
          </p>
        )}
        {draw.calibration && <p class="u-hint">{say.calibration}</p>}
      </div>
      <div class="c-review-state">
        <p role="status" data-state={keeper.state}>
          {say.kept[keeper.state]}
        </p>
        {paused !== null && (
          <p class="u-quiet" title={say.timeWhy}>
            {say.minutes(Math.floor(keeper.content.seconds / 60))}
            {paused && ` · ${say.paused}`}
          </p>
        )}
      </div>
    </header>
  );
}
