import type { PageProps } from '../page.ts';

export function InquiriesPage(_props: PageProps) {
  return <div class="c-page" />;
}
