// Pokes across server processes, and streams that end.
import { expect, test } from 'vitest';
import { Device } from './device.ts';
import { usePostgres, withClient } from './postgres.ts';
import { connect, serverOn } from './server.ts';

const postgres = usePostgres();

async function streamOf(device: Device) {
  const answer = await fetch(`${device.url}/v1/pokes`, {
    headers: { authorization: `Bearer ${device.who.token}` },
  });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('no stream');
  /** The size that is told next, whatever heartbeats come before it; null: the stream has ended. */
  const size = async (): Promise<number | null> => {
    const { done, value } = await reader.read();
    if (done) return null;
    const found = /data: \{"size":(\d+)\}/.exec(value)?.[1];
    return found === undefined ? size() : Number(found);
  };
  return { size, cancel: () => reader.cancel() };
}

/** Reads sizes until it is `wanted`. */
async function until(stream: Awaited<ReturnType<typeof streamOf>>, wanted: number) {
  for (let size = await stream.size(); size !== wanted; size = await stream.size()) {
    if (size === null || size > wanted) throw new Error(`told ${size}, not ${wanted}`);
  }
}

test('what one server commits is told by another one on the same database', async () => {
  const database = await postgres.database();
  const [here, there] = [await serverOn(database), await serverOn(database)];
  const writer = new Device(here.url, await connect(here, null));
  const stream = await streamOf(new Device(there.url, writer.who));
  await until(stream, 0);
  await writer.push(writer.change('note', { text: 'a' }), writer.change('note', { text: 'b' }));
  await until(stream, 2);
  // The connection that listens breaks: what is missed meanwhile is told when it is back.
  await withClient(database, async (client) => {
    const { rowCount } = await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'unsaid pokes'`,
    );
    expect(rowCount).toBe(2);
  });
  await writer.push(writer.change('note', { text: 'c' }));
  await until(stream, 3);
  await stream.cancel();
});

test('one member has so many streams, and the oldest ends', async () => {
  const server = await serverOn(await postgres.database());
  const device = new Device(server.url, await connect(server, null));
  const streams = [];
  for (let n = 0; n < 17; n++) {
    const stream = await streamOf(device);
    await until(stream, 0);
    streams.push(stream);
  }
  expect(await streams[0]?.size()).toBeNull();
  await device.push(device.change('note', { text: 'a' }));
  for (const stream of streams.slice(1)) await until(stream, 1);
  await Promise.all(streams.map((stream) => stream.cancel()));
});
