import { useMemo } from 'preact/hooks';
import type { PageProps } from '../page.ts';
import { type ImprovementFrom, improvementHref, type Unit } from './calls.ts';
import { ImprovementForm } from './form.tsx';
import { say } from './words.ts';

const UNITS: readonly Unit[] = ['project', 'customer', 'call'];

/** Writing one down by itself: #/improvements/new, of what the address names (?project=<id>). */
export function NewImprovement({ client, me, place, now, query, onSignedOut }: PageProps) {
  const asked = query.toString();
  const from = useMemo((): ImprovementFrom => {
    const given = new URLSearchParams(asked);
    const unit = UNITS.find((one) => given.get(one));
    const about = unit ? { unit, id: given.get(unit) ?? '' } : null;
    return { finding: given.get('finding'), review: given.get('review'), about };
  }, [asked]);
  return (
    <>
      <h1>{say.add}</h1>
      <ImprovementForm
        {...{ client, me, place, now, from, onSignedOut }}
        onSaved={({ improvement }) => {
          place.location.hash = improvementHref(improvement.id);
        }}
        onCancel={() => {
          place.location.hash = '#/improvements';
        }}
      />
    </>
  );
}
