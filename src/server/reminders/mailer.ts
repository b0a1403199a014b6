// The way out for mails, and the only importer of the library that speaks SMTP. Plain text alone, to
// one address: nothing that somebody wrote can become a header, a recipient or markup.
import { createTransport } from 'nodemailer';

export type Mail = {
  /** One address, taken as it is. */
  to: string;
  subject: string;
  text: string;
  /** Without angle brackets; the same for the same mail, so that a second copy is known as one. */
  id: string;
};

export type Mailer = {
  /** Rejects when the mail server did not take it. */
  send(mail: Mail): Promise<void>;
  close(): void;
};

const TIMEOUT_MS = 20_000;

/** `url`: smtp://user:password@host:587 or smtps://…; `from`: "Name <address>" or an address. */
export function createMailer({ url, from }: { url: string; from: string }): Mailer {
  const transport = createTransport({
    ...{ url, connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS },
    ...{ socketTimeout: TIMEOUT_MS, disableFileAccess: true, disableUrlAccess: true },
  });
  const sender = senderOf(from);
  return {
    async send({ to, subject, text, id }) {
      await transport.sendMail({
        from: sender,
        // As parts: a text would be read as a list of addresses.
        to: { name: '', address: oneLine(to) },
        subject: oneLine(subject),
        text,
        messageId: `<${oneLine(id)}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
    close: () => transport.close(),
  };
}

function senderOf(from: string): { name: string; address: string } {
  const [, name = '', address = from] = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(from) ?? [];
  return { name: oneLine(name.replace(/^"(.*)"$/, '$1')), address: oneLine(address.trim()) };
}

/** A header is a line: whatever could end it becomes a space. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
