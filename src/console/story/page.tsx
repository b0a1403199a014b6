import type { PageProps } from '../page.ts';

export function StoryPage(_props: PageProps) {
  return <div class="c-page" />;
}
