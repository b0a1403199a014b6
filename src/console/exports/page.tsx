// What one takes along: files being made and ready, exports that come again, who exported what, and
// how a bundle is checked.
import { useState } from 'preact/hooks';
import { ButtonLink } from '../../ui/index.ts';
import type { PageProps } from '../page.ts';
import { ExportButton } from './export-button.tsx';
import { Jobs } from './jobs.tsx';
import { ExportLog } from './log.tsx';
import { Schedules } from './schedules.tsx';
import type { ExportWhat } from './wish.ts';
import { say } from './words.ts';
import './exports.css';

/** What has no page of its own to be exported from. */
const WHATS = ['calls', 'audit', 'workspace', 'evidence'] as const satisfies ExportWhat[];

export function ExportsPage(props: PageProps) {
  const { client, me, place, pokes, onSignedOut } = props;
  const { role } = me.member;
  const [closed, setClosed] = useState(0);
  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      <p class="c-why">{say.why}</p>
      <section aria-labelledby="c-exports-take">
        <h2 id="c-exports-take">{say.take.title}</h2>
        <p class="c-why">{say.take.why}</p>
        <div class="c-exports-take">
          {WHATS.map((what) => (
            <ExportButton
              key={what}
              {...{ client, me, place, what, onSignedOut }}
              onClosed={() => setClosed((count) => count + 1)}
            >
              {say.take[what]}
            </ExportButton>
          ))}
        </div>
      </section>
      <Jobs {...{ client, onSignedOut }} pokes={pokes + closed} />
      {['manager', 'admin'].includes(role) && <Schedules {...props} />}
      <section aria-labelledby="c-exports-verify">
        <h2 id="c-exports-verify">{say.verify.title}</h2>
        <p class="c-why">{say.verify.why}</p>
        <p>
          <ButtonLink href="/unsaid-verify.html" icon="export" download="unsaid-verify.html">
            {say.verify.page}
          </ButtonLink>
        </p>
        <pre class="c-exports-command">{say.verify.command}</pre>
        <p class="c-why">{say.verify.key}</p>
      </section>
      {role !== 'annotator' && <ExportLog {...props} />}
    </div>
  );
}
