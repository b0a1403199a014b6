import type { PageProps } from '../page.ts';

export function ExportsPage(_props: PageProps) {
  return <div class="c-page" />;
}
