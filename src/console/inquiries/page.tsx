// Questions to whoever answers for a project: the list, and by its link one of them.
import type { PageProps } from '../page.ts';
import { Inquiries } from './list.tsx';
import { Inquiry } from './one.tsx';
import './inquiries.css';

export function InquiriesPage(props: PageProps) {
  const [id] = props.parts;
  return (
    <div class="c-page">
      {id === undefined ? <Inquiries {...props} /> : <Inquiry {...props} key={id} id={id} />}
    </div>
  );
}
