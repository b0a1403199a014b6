// The practice inbox's mails: visibly made up, each with something expected and not said.

export type PracticeMail = {
  id: string;
  /** "Name <address>" */
  from: string;
  to: string;
  /** ISO 8601 */
  sentAt: string;
  subject: string;
  /** Paragraphs; one that begins with "> " is quoted from an earlier mail. */
  body: string[];
  lang: string;
  dir?: 'rtl';
};

const you = 'You <you@practice.example>';

export const MAILS: PracticeMail[] = [
  {
    id: 'certificates-1@halden-foods.example',
    from: 'Sample Customer One <one@halden-foods.example>',
    to: you,
    sentAt: '2026-11-20T09:12:00Z',
    subject: 'Sample: a few things before March',
    lang: 'en',
    body: [
      'Hello,',
      'thank you for coming up last week. The new sensors look right, and the handover was the smoothest we have had with any supplier.',
      'Our auditors come on 14 March. I assume the calibration certificates will simply be there by then, as they were with our previous supplier.',
      'You said an alarm would reach the night shift within two minutes. On Sunday it took until Monday morning; nothing spoiled, but people talked.',
      'Who picks up the phone at weekends?',
      'For hall 3 we go with wired probes, even if that means a standstill of two days in May.',
      'Kind regards, a made-up customer',
    ],
  },
  {
    id: 'lift-panel@brightwater-hotels.example',
    from: 'Sample Customer Two <two@brightwater-hotels.example>',
    to: you,
    sentAt: '2026-11-19T16:40:00Z',
    subject: 'Sample: lift panel text',
    lang: 'en',
    body: [
      'Hi,',
      'the lift panel now says “Level -1” where our guests know it as “Spa”. I am sure you noticed.',
      'Of course somebody will be on site the morning we open; opening days are hectic enough.',
      'We went with you because the other firm needed three weeks to answer a question.',
      'Best, an invented hotel',
    ],
  },
  {
    id: 'ersatzteile@kessler-maschinenbau.example',
    from: 'Beispielkundin Drei <drei@kessler-maschinenbau.example>',
    to: you,
    sentAt: '2026-11-19T07:55:00Z',
    subject: 'Beispiel: Ersatzteilverfügbarkeit und Gewährleistungsverlängerung',
    lang: 'de',
    body: [
      'Guten Tag,',
      'wir gehen selbstverständlich davon aus, dass die Ersatzteile auch im Dreischichtbetrieb rund um die Uhr lieferbar sind.',
      'Die Geschwindigkeitsüberwachungseinrichtung hat am Wochenende zweimal ausgelöst; das ist uns aufgefallen, ohne dass wir uns beschweren möchten.',
      'Bei der letzten Anlage war eine Einweisung der Nachtschicht dabei.',
      'Mit freundlichen Grüßen, eine erfundene Kundin',
    ],
  },
  {
    id: 'saturday@omalley-sons.example',
    from: '"Sample, Customer Four (Procurement)" <four@omalley-sons.example>',
    to: you,
    sentAt: '2026-11-18T13:05:00Z',
    subject: 'Sample: Saturday',
    lang: 'en',
    body: ["Saturday drops carry on as before, I take it? Nobody's said otherwise.", 'Ta'],
  },
  {
    id: 'certificates-2@halden-foods.example',
    from: 'Sample Customer One <one@halden-foods.example>',
    to: you,
    sentAt: '2026-11-18T08:30:00Z',
    subject: 'Re: Sample: delivery window',
    lang: 'en',
    body: [
      'Hello,',
      'Tuesday is fine. Please let us know if you have any questions.',
      'The driver will have the papers with him, as always.',
      '> Would Tuesday between eight and ten suit you?',
      '> Please let us know if you have any questions.',
      'Please let us know if you have any questions.',
    ],
  },
  {
    id: 'badges@tavor-medical.example',
    from: 'לקוחה לדוגמה <five@tavor-medical.example>',
    to: you,
    sentAt: '2026-11-17T10:20:00Z',
    subject: 'דוגמה: הדרכה לצוות',
    lang: 'he',
    dir: 'rtl',
    body: [
      'שלום,',
      'אני מניחה שההדרכה לצוות הלילה כלולה, כמו בפרויקט הקודם.',
      'המכשיר עובד מצוין 👍🏽 ותודה על הסבלנות.',
      'בברכה, לקוחה מומצאת',
    ],
  },
  {
    id: 'invoice@sunrise-foods.example',
    from: 'Sample Customer Six <six@sunrise-foods.example>',
    to: you,
    sentAt: '2026-11-16T05:48:00Z',
    subject: 'Sample: invoice question',
    lang: 'en',
    body: [
      'Hi team,',
      'invoice 0001 has last year’s purchase order on it again. Our accounting is quite particular; it goes back and forth until someone has time.',
      'It would be lovely if one day we got one invoice for all three sites.',
      'Regards, a made-up company',
    ],
  },
  {
    id: 'opening@brightwater-hotels.example',
    from: 'Sample Customer Two <two@brightwater-hotels.example>',
    to: you,
    sentAt: '2026-11-14T18:15:00Z',
    subject: 'Sample: thanks for yesterday',
    lang: 'en',
    body: [
      'Hi,',
      'thanks for staying late yesterday. You did not have to.',
      'The manual is 240 pages. I suppose everyone else reads it.',
      'We have a wedding on the 5th, and the week before we do not touch anything.',
      'Best',
    ],
  },
  {
    id: 'fiscal-year@halden-foods.example',
    from: 'Sample Customer One <one@halden-foods.example>',
    to: you,
    sentAt: '2026-11-13T12:00:00Z',
    subject: 'Sample: budget',
    lang: 'en',
    body: [
      'Hello,',
      'our fiscal year ends in June, so anything bigger would have to be decided by April.',
      'I do not know whether hall 4 makes sense at all; nobody here has done it before.',
      'Kind regards',
    ],
  },
  {
    id: 'answer@practice.example',
    from: you,
    to: 'Sample Customer One <one@halden-foods.example>',
    sentAt: '2026-11-13T15:30:00Z',
    subject: 'Re: Sample: budget',
    lang: 'en',
    body: [
      'Hello,',
      'we will send you a comparison of both variants by Friday, with the running costs.',
      'Best regards, you',
    ],
  },
  {
    id: 'long@northfold.example',
    from: 'Sample Council <seven@northfold.example>',
    to: you,
    sentAt: '2026-11-12T09:00:00Z',
    subject: 'Sample: minutes of the steering group, in full',
    lang: 'en',
    body: [
      'Dear all,',
      ...Array.from(
        { length: 40 },
        (_, index) =>
          `${index + 1}. The steering group noted item ${index + 1} of this made-up list and asked for an update at its next meeting, in the usual form and in good time.`,
      ),
      'The accessibility statement is a formality, as you will know from other councils.',
      'Minutes: an invented clerk',
    ],
  },
  {
    id: 'courier@zephyr-air.example',
    from: 'Sample Customer Eight <eight@ops.eu.zephyr-air.example>',
    to: you,
    sentAt: '2026-11-11T22:10:00Z',
    subject: 'Sample: badge access, night',
    lang: 'en',
    body: [
      'Hello,',
      'two of your people waited at the gate for forty minutes last night because the badges were not ready.',
      'I did not want to make a fuss about it in the meeting.',
      'We are happy otherwise. Same arrangement next quarter?',
      'Thanks',
    ],
  },
];
