import { useId } from 'preact/hooks';
import { mayOpen } from './may-open.ts';
import type { PageName } from './route.ts';
import { useConsoleWords } from './words.ts';

export type NavPage = PageName | 'register';
type GroupName = 'customers' | 'audit' | 'workspace';

/** What stands in the navigation, by what one comes for. */
const GROUPS: readonly (readonly [name: GroupName, pages: readonly NavPage[]])[] = [
  ['customers', ['register', 'story', 'blind-spots', 'insight']],
  [
    'audit',
    [
      ...(['draws', 'programmes', 'reviews', 'inquiries', 'improvements'] as const),
      ...(['calibration', 'standards'] as const),
    ],
  ],
  [
    'workspace',
    [
      ...(['people', 'tags', 'questions', 'settings', 'import'] as const),
      ...(['exports', 'log', 'retention', 'erasure'] as const),
    ],
  ],
];

/** Pages that one comes to from another, and where they belong. */
const WITHIN: { readonly [page: string]: NavPage } = {
  review: 'draws',
  report: 'draws',
  session: 'improvements',
};

export interface NavigationProps {
  readonly role: string;
  readonly page: string;
  /** One of the pages was chosen, maybe the one that is shown. */
  readonly onGo: () => void;
}

export function Navigation({ role, page, onGo }: NavigationProps) {
  const words = useConsoleWords();
  const id = useId();
  const current = (name: NavPage) =>
    page === name ? 'page' : WITHIN[page] === name ? 'true' : undefined;
  return (
    <nav aria-label={words.nav.name}>
      {GROUPS.map(([group, pages]) => (
        <div key={group}>
          <p id={`${id}-${group}`}>{words.nav.groups[group]}</p>
          <ul aria-labelledby={`${id}-${group}`}>
            {pages
              .filter((name) => mayOpen(role, name))
              .map((name) => (
                <li key={name}>
                  <a
                    href={name === 'register' ? '#/' : `#/${name}`}
                    aria-current={current(name)}
                    onClick={onGo}
                  >
                    {words.nav[name]}
                  </a>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
