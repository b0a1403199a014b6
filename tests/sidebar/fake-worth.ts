// The background's part of worth, Kano and looking back, in memory.
import { latestReplies } from '../../src/domain/index.ts';
import type {
  KanoView,
  LookBackView,
  WorthAnswers,
} from '../../src/extension/messages/worth-calls.ts';
import { sampleId } from './samples.ts';

type Payload = { [field: string]: never };
type Reply = KanoView['replies'][number];

export class FakeWorth {
  decidedBy: WorthAnswers['worthOf']['decidedBy'] = null;
  replies: Reply[] = [];
  readonly contacts = new Map([[sampleId(0xd1), 'Sample Person']]);
  lookBack: LookBackView = {
    ...{ held: [], asked: [], late: [], misses: [], questions: [], mayAdd: true },
  };
  readonly #gone = new Map<string, Reply>();

  kano(): KanoView {
    const counting = new Set(
      latestReplies(
        this.replies.map((reply) => ({ ...reply, respondent: reply.contact?.id ?? null })),
      ).map(({ probe }) => probe),
    );
    return {
      replies: this.replies.map((reply) => ({ ...reply, counts: counting.has(reply.probe) })),
    };
  }

  readonly handlers = {
    worthOf: () => ({ me: sampleId(2), decidedBy: this.decidedBy }),
    kano: () => this.kano(),
    kanoRecord: (
      asked: Pick<Reply, 'functional' | 'dysfunctional'> & { contact: string | null },
    ) => {
      const { functional, dysfunctional, contact } = asked;
      const probe = sampleId(0x700 + this.replies.length);
      const named = contact && { id: contact, name: this.contacts.get(contact) ?? 'Sample' };
      const at = new Date(Date.UTC(2027, 1, 24, 9, this.replies.length)).toISOString();
      this.replies = [
        { probe, contact: named || null, at, functional, dysfunctional, counts: true },
        ...this.replies,
      ];
      return { ...this.kano(), probe };
    },
    kanoRemove: ({ probe, on }: { probe: string; on: boolean }) => {
      const found = this.replies.find((reply) => reply.probe === probe);
      if (on && found) this.#gone.set(probe, found);
      const back = this.#gone.get(probe);
      const others = this.replies.filter((reply) => reply.probe !== probe);
      this.replies = on || !back ? others : [back, ...others];
      return this.kano();
    },
    lookBack: () => this.lookBack,
    keepLookBack: ({ record, fields }: { record: string | null; fields: Payload }) => {
      const id = record ?? sampleId(0x800 + this.lookBack.held.length);
      const author = { name: 'Jonas Sample', me: true };
      const old = this.lookBack.held.find((held) => held.id === id) ?? {
        ...{ id, asked: '', late: '', differently: '', author },
        heldAt: new Date().toISOString(),
      };
      const cleared = Object.entries(fields).map(([field, text]) => [field, text ?? '']);
      const held = { ...old, ...Object.fromEntries(cleared) };
      const others = this.lookBack.held.filter((each) => each.id !== id);
      this.lookBack = { ...this.lookBack, held: [held, ...others] };
      return { record: id };
    },
    makePattern: ({ text }: { text: string }) => {
      this.lookBack = { ...this.lookBack, questions: [...this.lookBack.questions, text] };
      return { record: sampleId(0x900) };
    },
  };
}
