import type { PageProps } from '../page.ts';

export function ReviewPage(_props: PageProps) {
  return <div class="c-page" />;
}
