// Improvements: the list, one of them by its link, and writing one down.
import type { PageProps } from '../page.ts';
import { Improvements } from './list.tsx';
import { NewImprovement } from './new.tsx';
import { OneImprovementPage } from './one.tsx';
import './improvements.css';

export function ImprovementsPage(props: PageProps) {
  const [id] = props.parts;
  return (
    <div class="c-page">
      {id === undefined ? (
        <Improvements {...props} />
      ) : id === 'new' ? (
        <NewImprovement {...props} />
      ) : (
        <OneImprovementPage {...props} key={id} id={id} />
      )}
    </div>
  );
}
