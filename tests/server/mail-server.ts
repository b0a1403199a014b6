// A mail server as small as it can be: takes every mail and keeps it as it came over the wire.
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export type Taken = { from: string; to: string[]; data: string };

export type MailServer = {
  url: string;
  taken: Taken[];
  /** Refuses the next mails with this answer. */
  refuse: (answer: string | null) => void;
};

export async function mailServer(): Promise<MailServer> {
  const taken: Taken[] = [];
  const sockets = new Set<Socket>();
  let refusal: string | null = null;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.setEncoding('utf8');
    let mail: Taken = { from: '', to: [], data: '' };
    let inData = false;
    let rest = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 mail.example');
    socket.on('data', (chunk: string) => {
      rest += chunk;
      for (;;) {
        if (inData) {
          const end = rest.indexOf('\r\n.\r\n');
          if (end < 0) return;
          mail.data = rest.slice(0, end).replace(/^\.\./gm, '.');
          rest = rest.slice(end + 5);
          inData = false;
          taken.push(mail);
          mail = { from: '', to: [], data: '' };
          say('250 taken');
          continue;
        }
        const end = rest.indexOf('\r\n');
        if (end < 0) return;
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
        if (/^(?:EHLO|HELO)/i.test(line)) say('250 mail.example');
        else if (/^MAIL FROM/i.test(line)) {
          mail.from = address;
          say(refusal ?? '250 ok');
        } else if (/^RCPT TO/i.test(line)) {
          mail.to.push(address);
          say('250 ok');
        } else if (/^DATA/i.test(line)) {
          inData = true;
          say('354 go on');
        } else if (/^QUIT/i.test(line)) {
          say('221 bye');
          socket.end();
        } else say('250 ok');
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(
    () =>
      new Promise<void>((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  );
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    ...{ url: `smtp://127.0.0.1:${port}`, taken },
    refuse: (answer) => {
      refusal = answer;
    },
  };
}

/** The mail's header fields, unfolded, in their order; names in lower case. */
export function headersOf({ data }: Taken): [name: string, value: string][] {
  const [head = ''] = data.split('\r\n\r\n', 1);
  return head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    });
}

/** Its text, decoded. */
export function textOf(mail: Taken): string {
  const body = mail.data.slice(mail.data.indexOf('\r\n\r\n') + 4);
  const coding = headersOf(mail).find(([name]) => name === 'content-transfer-encoding')?.[1];
  if (coding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (coding !== 'quoted-printable') return body.replaceAll('\r\n', '\n');
  const joined = body.replace(/=\r\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
}
