import type { PageProps } from '../page.ts';

export function ReviewsPage(_props: PageProps) {
  return <div class="c-page" />;
}
