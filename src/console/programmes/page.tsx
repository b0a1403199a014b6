import type { PageProps } from '../page.ts';

export function ProgrammesPage(_props: PageProps) {
  return <div class="c-page" />;
}
