// #/story: whose; #/story/<project|customer|call>/<id>?at=<moment>&blind=1: theirs.
import { ButtonLink, Empty } from '../../ui/index.ts';
import type { PageProps } from '../page.ts';
import { storyUnit } from './calls.ts';
import { Find } from './find.tsx';
import { Story } from './story.tsx';
import { say } from './words.ts';
import './story.css';

export function StoryPage({ client, me, place, now, pokes, parts, query, onSignedOut }: PageProps) {
  const [name, id, ...rest] = parts;
  const unit = storyUnit.safeParse(name);
  if (name === undefined) {
    return (
      <div class="c-page">
        <h1>{say.title}</h1>
        <p class="c-why">{say.why}</p>
        <Find {...{ client, pokes, onSignedOut }} />
      </div>
    );
  }
  if (!unit.success || id === undefined || rest.length > 0) {
    return (
      <div class="c-page">
        <h1>{say.title}</h1>
        <Empty action={<ButtonLink href="#/story">{say.all}</ButtonLink>}>{say.nobody}</Empty>
      </div>
    );
  }
  return (
    <div class="c-st-page">
      <Story
        {...{ client, me, place, now, pokes, onSignedOut }}
        unit={unit.data}
        subject={id}
        blind={query.get('blind') === '1'}
        at={query.get('at')}
        heading={1}
      />
    </div>
  );
}
