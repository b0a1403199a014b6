import type { PageProps } from '../page.ts';

export function LogPage(_props: PageProps) {
  return <div class="c-page" />;
}
