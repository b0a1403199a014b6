import type { PageProps } from '../page.ts';

export function SessionPage(_props: PageProps) {
  return <div class="c-page" />;
}
