// Finished reviews: the list, and by its link one of them as it is read.
import type { PageProps } from '../page.ts';
import { Reviews } from './list.tsx';
import { OneReview } from './one.tsx';
import './reviews.css';

export function ReviewsPage(props: PageProps) {
  const [id] = props.parts;
  return (
    <div class="c-page">
      {id === undefined ? <Reviews {...props} /> : <OneReview {...props} key={id} id={id} />}
    </div>
  );
}
