// A small mail page with single-key shortcuts, as webmails have them.

/** Every key that a listener of this page has seen; tests look at it. */
window.practiceKeys = [];
for (const type of ['keydown', 'keypress', 'keyup']) {
  window.addEventListener(type, (event) => window.practiceKeys.push(`${type}:${event.key}`), true);
}

const list = document.getElementById('list');
const pane = document.getElementById('mail');
const status = document.getElementById('status');
let mails = await (await fetch('/practice/mails.json')).json();

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function openId() {
  try {
    return decodeURIComponent(location.hash.replace(/^#\/mail\//, ''));
  } catch {
    return ''; // an address that somebody typed or cut short
  }
}

function nameOf(person) {
  return person.replace(/\s*<.*$/, '').replaceAll('"', '');
}

function showList() {
  list.replaceChildren(
    ...mails.map((mail) => {
      const link = element(
        'a',
        { href: `#/mail/${encodeURIComponent(mail.id)}`, lang: mail.lang, dir: mail.dir ?? 'auto' },
        nameOf(mail.from),
        element('small', {}, mail.subject),
      );
      if (mail.id === openId()) link.setAttribute('aria-current', 'true');
      return element('li', {}, link);
    }),
  );
}

function showMail() {
  const mail = mails.find(({ id }) => id === openId());
  showList();
  if (mail === undefined) {
    document.title = 'Practice inbox';
    pane.replaceChildren(element('p', { class: 'hint' }, 'Choose a mail.'));
    return;
  }
  document.title = `${mail.subject} · Practice inbox`;
  const date = new Date(mail.sentAt).toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  const paragraphs = mail.body.map((text) =>
    text.startsWith('> ') ? element('blockquote', {}, text.slice(2)) : element('p', {}, text),
  );
  pane.replaceChildren(
    element(
      'article',
      { 'data-message-id': mail.id },
      element('h1', { 'data-subject': '', dir: 'auto' }, mail.subject),
      element(
        'div',
        { class: 'head' },
        element('div', { 'data-from': mail.from }, mail.from),
        element(
          'div',
          { 'data-to': mail.to },
          `to ${nameOf(mail.to)} · `,
          element('time', { datetime: mail.sentAt }, date),
        ),
      ),
      element('div', { 'data-body': '', lang: mail.lang, dir: mail.dir ?? 'auto' }, ...paragraphs),
    ),
  );
  pane.scrollTop = 0;
}

function step(by) {
  const at = mails.findIndex(({ id }) => id === openId());
  const next = mails[Math.min(Math.max(at + by, 0), mails.length - 1)];
  if (next !== undefined) location.hash = `#/mail/${encodeURIComponent(next.id)}`;
}

function away(word) {
  const at = mails.findIndex(({ id }) => id === openId());
  if (at < 0) return;
  mails = mails.filter((_, index) => index !== at);
  const next = mails[Math.min(at, mails.length - 1)];
  status.textContent = `${word}. Reload to have it back.`;
  location.hash = next === undefined ? '' : `#/mail/${encodeURIComponent(next.id)}`;
  showMail();
}

const SHORTCUTS = {
  j: () => step(1),
  k: () => step(-1),
  e: () => away('Archived'),
  '#': () => away('Deleted'),
  r: () => {
    if (document.getElementById('reply') !== null) return;
    const label = element('label', { for: 'reply' }, 'Reply (goes nowhere)');
    pane.append(label, element('textarea', { id: 'reply' }));
    document.getElementById('reply').focus();
  },
};

document.addEventListener('keydown', (event) => {
  if (event.target instanceof HTMLElement && event.target.closest('input, textarea')) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  document.body.dataset.lastKey = event.key;
  const act = SHORTCUTS[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});

window.addEventListener('hashchange', showMail);
showMail();
