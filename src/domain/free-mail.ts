// Which mail domains say nothing of a company. Apart from email.ts, which every page's script has.
import { domainOf } from './email.ts';

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
  return isFreeMail(domain) ? `address:${address.toLowerCase()}` : `domain:${domain}`;
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
