// A call as chapters for a recording of it.
import { clockOf, type Fields, id } from '../../domain/index.ts';
import type { CallExport, ExportedTag } from '../../export/call-export.ts';
import { callToWebVtt } from '../../export/call-webvtt.ts';
import { callWords } from '../../export/call-words.ts';
import { readCodebook } from '../labels/store.ts';
import { readable } from '../register/query.ts';
import type { Piece } from './copy-out.ts';
import type { Given } from './source.ts';

/** The call that the filter names, or null: there is none that the asker may read, or it has no time. */
export async function callOf(given: Given): Promise<CallExport | null> {
  const { tx, asker, wish, directory } = given;
  const named = id.safeParse(wish.filter.call);
  if (!named.success) return null;
  const rows = await tx
    .selectFrom('record as r')
    .select(['r.kind', 'r.id', 'r.fields', 'r.customer', 'r.project'])
    .where('r.workspace_id', '=', asker.workspace.id)
    .where('r.deleted', '=', false)
    .where(readable(asker, 'r'))
    .where((eb) =>
      eb.or([
        eb.and([eb('r.kind', '=', 'interaction'), eb('r.id', '=', named.data)]),
        eb.and([eb('r.kind', '=', 'note'), eb('r.interaction', '=', named.data)]),
      ]),
    )
    .execute();
  const call = rows.find(({ kind }) => kind === 'interaction');
  const fields = call?.fields as Fields<'interaction'> | undefined;
  const clock = fields && clockOf(fields);
  if (!call || !fields || !clock) return null;
  const { tags } = await readCodebook(tx, asker.workspace.id);
  return {
    codebook: tags,
    tags: rows.flatMap(({ kind, id: note, fields: of }) => {
      const { tag, offset, span, text, pressedAt } = of as Fields<'note'>;
      if (kind !== 'note' || tag === undefined || offset === undefined) return [];
      const pressed = pressedAt === undefined ? null : Date.parse(pressedAt);
      const one: ExportedTag = {
        ...{ id: note, tag, offset, span: span ?? null, text: text ?? '' },
        ...{ pressedAt: pressed, deleted: false },
      };
      return [one];
    }),
    call: {
      ...{ id: call.id, clock, shift: fields.shift ?? 0, subject: fields.subject ?? '' },
      channel: fields.channel === 'meeting' ? 'meeting' : 'call',
      customer: directory.customers.named(call.customer),
      project: directory.projects.named(call.project),
      participants: [],
      ...{ wentWell: fields.wentWell ?? null, seemed: null },
    },
  };
}

export async function* writeCall(given: Given): AsyncGenerator<Piece> {
  const call = await callOf(given);
  if (call === null) throw new Error('the call went while it was exported');
  const { text } = callToWebVtt(call, callWords, { withPauses: true });
  yield { bytes: new TextEncoder().encode(text), rows: call.tags.length };
}
