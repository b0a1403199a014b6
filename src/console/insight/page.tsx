import type { PageProps } from '../page.ts';

export function InsightPage(_props: PageProps) {
  return <div class="c-page" />;
}
