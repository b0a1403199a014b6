// The verifier as one page that works from disk: a bundle is read here and sent nowhere. Imports
// evidence, ledger and domain only.
import { sha256 } from '@noble/hashes/sha2.js';
import { type BundleFinding, type Inflate, openZip, verifyBundle } from '../evidence/index.ts';
import { browserHasher, parseNoteKey, type Verify } from '../ledger/index.ts';
import { say } from './words.ts';

const form = element('form', HTMLFormElement);
const file = element('#file', HTMLInputElement);
const key = element('#key', HTMLInputElement);
const status = element('#status', HTMLElement);
const result = element('#result', HTMLElement);

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void verify();
});

async function verify() {
  result.replaceChildren();
  const [bundle] = file.files ?? [];
  if (bundle === undefined) return complain(file, say.noFile);
  const text = key.value.trim();
  const given = text === '' ? null : parseNoteKey(browserHasher, text);
  if (text !== '' && given === null) return complain(key, say.noKey);
  for (const field of [file, key]) field.removeAttribute('aria-invalid');
  const findings: BundleFinding[] = [];
  try {
    const files = await openZip(
      {
        size: bundle.size,
        read: async (from, bytes) =>
          new Uint8Array(await bundle.slice(from, from + bytes).arrayBuffer()),
      },
      inflate,
    );
    const verdict = await verifyBundle(
      files,
      {
        hasher: browserHasher,
        hashing: () => sha256.create(),
        ed25519,
        key: given,
        progress: (bytes) => {
          status.textContent = say.reading(bytes, bundle.size);
        },
      },
      (finding) => findings.push(finding),
    );
    const heading = paragraph('h2', verdict.sound ? say.sound : say.broken(verdict.wrongs));
    heading.className = verdict.sound ? 'sound' : 'broken';
    const facts = document.createElement('ul');
    facts.append(...say.facts(verdict).map((words) => paragraph('li', words)));
    result.append(heading, facts, ...table(findings));
  } catch (error) {
    const unknown = error instanceof DOMException && error.name === 'NotSupportedError';
    const words = unknown ? say.noEd25519 : error instanceof Error ? error.message : say.cannot;
    const heading = paragraph('h2', words);
    heading.className = 'broken';
    result.append(heading);
  }
  status.textContent = '';
  result.focus();
}

function complain(field: HTMLInputElement, words: string) {
  field.setAttribute('aria-invalid', 'true');
  status.textContent = words;
  field.focus();
}

function table(findings: readonly BundleFinding[]): HTMLElement[] {
  if (findings.length === 0) return [];
  const made = document.createElement('table');
  const head = made.createTHead().insertRow();
  for (const words of [say.which, say.where, say.what]) {
    const cell = paragraph('th', words);
    cell.setAttribute('scope', 'col');
    head.append(cell);
  }
  const body = made.createTBody();
  for (const finding of findings) {
    const row = body.insertRow();
    for (const words of [say.kinds[finding.is], say.place(finding), finding.words]) {
      row.append(paragraph('td', words));
    }
  }
  return [made];
}

function paragraph(tag: string, words: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = words;
  made.dir = 'auto';
  return made;
}

function element<E extends HTMLElement>(selector: string, type: new () => E): E {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`page.html has no ${selector}`);
  return found;
}

const ed25519: Verify = async (publicKey, message, signature) => {
  const raw = Uint8Array.from(publicKey);
  const imported = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
  const [signed, text] = [Uint8Array.from(signature), Uint8Array.from(message)];
  return crypto.subtle.verify('Ed25519', imported, signed, text);
};

const inflate: Inflate = async function* (pieces) {
  const from = pieces[Symbol.asyncIterator]();
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await from.next();
      if (next.done) controller.close();
      else controller.enqueue(Uint8Array.from(next.value));
    },
  });
  const reader = packed.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
};
