import type { PageProps } from '../page.ts';

export function CalibrationPage(_props: PageProps) {
  return <div class="c-page" />;
}
