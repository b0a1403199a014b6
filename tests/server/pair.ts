// A server with one device, or with two people's.
import { Device } from './device.ts';
import { join } from './people.ts';
import type { TestPostgres } from './postgres.ts';
import { connect, serverOn, setUp, type TestServer } from './server.ts';

export async function one(postgres: TestPostgres): Promise<{ server: TestServer; device: Device }> {
  const server = await serverOn(await postgres.database());
  return { server, device: new Device(server.url, await connect(server, null)) };
}

/** mira is the admin, tom an annotator. */
export async function two(postgres: TestPostgres) {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = new Device(server.url, await connect(server, admin));
  const tom = new Device(server.url, await connect(server, await join(server, admin, 'tom')));
  return { server, mira, tom };
}
