// A call from a file. A part at a time, so that captures get their turn; what is here already stays
// as it is, so that what was broken off is simply imported again.
import { type Body, momentOf, noteLabelOf, tagOf } from '../../../domain/index.ts';
import type { SidebarHandlers } from '../../messages/index.ts';
import { commit, getRecord, present } from '../../store/index.ts';
import type { World } from '../world.ts';
import { callView, codebookOf } from './views.ts';
import { aboutOf, type Call, callIn, isoOf, writeOf } from './write.ts';

type Asked = Parameters<SidebarHandlers['callImport']>[0];

const AT_ONCE = 200;

/** `tags`: how many were new here. */
export async function importCall(world: World, { call, tags }: Asked) {
  await world.write(async (here) => {
    if ((await getRecord(here.db, 'interaction', call.id)) !== null) return;
    const write = writeOf(world, 'interaction', call.id, callBody({ call, tags }));
    await commit(here.db, world.source, [write], { author: here.me });
  });
  let added = 0;
  for (let from = 0; from < tags.length; from += AT_ONCE) {
    const some = tags.slice(from, from + AT_ONCE);
    await world.write(async (here) => {
      const found = await callIn(here, call.id);
      const [labels, known] = await Promise.all([
        codebookOf(here.db),
        present(
          here.db,
          'note',
          some.map(({ id }) => id),
        ),
      ]);
      const writes = [...new Map(some.map((tag) => [tag.id, tag])).values()]
        .filter(({ id }) => !known.has(id))
        .map((tag) => {
          const label = noteLabelOf(tagOf(labels, tag.tag).means);
          return writeOf(world, 'note', tag.id, { label, ...tagBody(found, tag) });
        });
      if (writes.length === 0) return;
      await commit(here.db, world.source, writes, { author: here.me });
      added += writes.length;
    });
  }
  const here = await world.current();
  return { call: await callView(here, await callIn(here, call.id)), tags: added };
}

function callBody({ call, tags }: Asked): Body {
  const { startedAt, channel, subject, shift } = call;
  const pauses = call.pauses.map(({ from, to }) => ({
    from: isoOf(from),
    to: to === null ? null : isoOf(to),
  }));
  const clock = { ...call, pauses: call.pauses.filter(({ to }) => to !== null) };
  const last = tags.reduce((most, { offset, span }) => Math.max(most, offset + (span ?? 0)), 0);
  return {
    ...{ channel, callState: 'ended', logged: true, startedAt: isoOf(startedAt) },
    // Where the file does not tell the end, it is the last that it tells of.
    endedAt: isoOf(Math.max(call.endedAt ?? momentOf(clock, last), startedAt)),
    ...(subject === '' ? {} : { subject }),
    ...(pauses.length === 0 ? {} : { pauses }),
    ...(shift === 0 ? {} : { shift }),
  };
}

function tagBody({ id, fields, clock }: Call, tag: Asked['tags'][number]): Body {
  const { offset, span, text, pressedAt } = tag;
  return {
    ...{ tag: tag.tag, interaction: id, offset, ...aboutOf(fields) },
    ...(text === '' ? {} : { text }),
    ...(span === null ? {} : { span }),
    pressedAt: isoOf(pressedAt ?? momentOf(clock, offset)),
  };
}
