// What the ladder does: each act is one call, told in its place with the way back.
import { momentOf } from '../../../domain/call.ts';
import type { LadderAnswers, LadderDone } from '../../messages/ladder-calls.ts';
import type { Result } from '../../messages/result.ts';
import type { SavedCard } from '../../messages/views.ts';
import type { Sidebar } from '../model.ts';

/** The call that runs, where it may be with the card's customer, and the moment on its clock. */
export function nowIn(
  sidebar: Sidebar,
  card: SavedCard,
): { at: number; interaction: string | null } {
  const running = sidebar.state.calls?.running ?? null;
  const isTheirs = running?.customer == null || running.customer.id === card.customer?.id;
  if (running === null || !isTheirs) return { at: sidebar.around.now(), interaction: null };
  return { at: momentOf(running.clock, sidebar.calls.elapsed()), interaction: running.id };
}

/** Shows what was done and offers to undo it. Answers whether it was. */
export function took(
  sidebar: Sidebar,
  card: SavedCard,
  said: string,
  answer: Result<LadderDone>,
): boolean {
  const { core } = sidebar;
  if (!answer.ok) {
    core.set({ trouble: { id: card.id, failure: answer.error } });
    return false;
  }
  const { before, card: fresh } = answer.value;
  const { view } = sidebar.state;
  const isShown = view.at === 'card' && view.card.id === card.id;
  core.set({
    ...(before.length === 0
      ? {}
      : { undoable: core.offer({ did: 'stepped', card, before, text: said }) }),
    ...(isShown ? { view: { at: 'card', card: fresh } as const } : {}),
    ...{ said, trouble: null },
  });
  return true;
}

export type Probe = LadderAnswers['probes']['probes'][number];

/** Asked, and what was answered says nothing yet: the newest of them is what one speaks of now. */
export function openQuestion(probes: readonly Probe[]): Probe | null {
  const isOpen = ({ askedAt, answeredAt }: Probe) => askedAt !== null && answeredAt === null;
  return probes.findLast(isOpen) ?? null;
}
