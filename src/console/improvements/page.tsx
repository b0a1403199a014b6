import type { PageProps } from '../page.ts';

export function ImprovementsPage(_props: PageProps) {
  return <div class="c-page" />;
}
