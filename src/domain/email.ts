/** A person as a mail names them. `address` is lower-cased and has exactly one "@", or is ''. */
export type Person = { name: string; address: string };

/**
 * Reads "Name <address>", "address" or "Name". Quotes round the name are dropped; bidi controls,
 * with which a forged name can turn an address round, are removed.
 */
export function parseAddress(text: string): Person {
  const clean = text.replace(/[\u202A-\u202E\u2066-\u2069\u200E\u200F]/g, '').trim();
  const bracketed = /^(.*?)<\s*([^<>\s]+@[^<>\s]+)\s*>\s*$/s.exec(clean);
  if (bracketed) return { name: unquote(bracketed[1] ?? ''), address: lower(bracketed[2] ?? '') };
  if (/^[^\s<>@]+@[^\s<>@]+$/.test(clean)) return { name: '', address: lower(clean) };
  return { name: unquote(clean), address: '' };
}

/** The domain of an address in lower case, '' when there is none. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '' : lower(address.slice(at + 1)).replace(/\.$/, '');
}

/**
 * Mail domains anybody can have an address at. They never identify a company: two strangers at
 * gmail.com are not one customer. The list holds the large providers; a missing one can be put
 * right by hand, a wrong one would hide a company.
 */
const FREE_MAIL = new Set(
  `aol.com aol.de arcor.de bluewin.ch btinternet.com bol.com.br comcast.net daum.net duck.com
  fastmail.com fastmail.fm free.fr freemail.hu freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de
  gmx.net googlemail.com hanmail.net hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.es
  hotmail.fr hotmail.it hushmail.com icloud.com inbox.ru interia.pl kpnmail.nl laposte.net
  libero.it list.ru live.co.uk live.com live.de live.fr live.nl mac.com mail.com mail.de mail.ru
  mailbox.org me.com msn.com naver.com o2.pl onet.pl orange.fr outlook.com outlook.de outlook.fr
  pm.me posteo.de proton.me protonmail.com qq.com rambler.ru rediffmail.com rocketmail.com
  sbcglobal.net seznam.cz sfr.fr sina.com sky.com t-online.de telenet.be tiscali.it tuta.com
  tutanota.com uol.com.br verizon.net virgilio.it virginmedia.com wanadoo.fr web.de wp.pl
  ya.ru yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.br yahoo.de yahoo.es
  yahoo.fr yahoo.it yandex.com yandex.ru ymail.com zoho.com ziggo.nl 126.com 163.com`.split(/\s+/),
);

export function isFreeMail(domain: string): boolean {
  return FREE_MAIL.has(domain);
}

/**
 * What identifies the customer behind an address: its domain, or the address itself at a free-mail
 * provider (there the person is the customer until told otherwise). null without an address.
 */
export function customerIdentifier(address: string): string | null {
  const domain = domainOf(address);
  if (domain === '') return null;
  return isFreeMail(domain) ? `address:${lower(address)}` : `domain:${domain}`;
}

/** A first guess at a company's name from its mail domain: "halden-foods.example" → "Halden Foods". */
export function nameFromDomain(domain: string): string {
  const labels = domain.split('.');
  const second = labels.length > 2 && (labels.at(-2) ?? '').length <= 3 ? -3 : -2;
  const label = labels.at(second) ?? labels[0] ?? domain;
  return label
    .split(/[-_]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

function unquote(name: string): string {
  const trimmed = name.trim();
  const quoted = /^"(.*)"$/s.exec(trimmed) ?? /^'(.*)'$/s.exec(trimmed);
  return (quoted?.[1]?.replace(/\\(.)/g, '$1') ?? trimmed).replace(/\s+/g, ' ');
}

function lower(text: string): string {
  return text.toLowerCase();
}
