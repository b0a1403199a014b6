// What waits for somebody, and what was asked about an expectation, are looked up by one index with
// keys of several forms, so that counting them does not read all there is.
//
//     due/<member>/<day>/<what>/<id>   to be done by this day (domain/due.ts)
//     ask/<member>/<id>                a manager's question that has no answer
//     name/<member>/<id>               a colleague named them, and they have not seen it
//     names/<subject>/<id>             a mention in this card, also one that was taken back
//     probe/<expectation>/<id>         a question about it
//
// Of what was deleted only mentions have a key. Whoever changes what these rules say gives stored
// records their keys anew, in a step of the schema (find-waits.ts).
import { DUE_KINDS, type DueRecord, duesOf } from '../../domain/due.ts';
import { fieldsOf, type Id, type RecordState } from '../../domain/index.ts';
import { inquiryState } from '../../domain/inquiries.ts';

export const waitKey = {
  due: (member: Id) => `due/${member}/`,
  ask: (member: Id) => `ask/${member}/`,
  name: (member: Id) => `name/${member}/`,
  names: (subject: Id) => `names/${subject}/`,
  probe: (expectation: Id) => `probe/${expectation}/`,
};

/** Kinds whose records may have such keys. */
export const WAIT_KINDS: readonly string[] = [...DUE_KINDS, 'inquiry', 'mention'];

/** The keys of a record; most have none. */
export function waitKeysOf(state: RecordState): string[] {
  const { kind, id, origin, registers } = state;
  if (!WAIT_KINDS.includes(kind)) return [];
  const text = (field: string) => {
    const value = registers[field]?.value;
    return typeof value === 'string' ? value : '';
  };
  const isDeleted = registers.deleted?.value === true;
  if (kind === 'mention') {
    const { subject, member, seen } = fieldsOf<'mention'>(state);
    return [
      ...(subject === undefined ? [] : [`${waitKey.names(subject.id)}${id}`]),
      ...(member === undefined || seen === true || isDeleted
        ? []
        : [`${waitKey.name(member)}${id}`]),
    ];
  }
  if (isDeleted) return [];
  if (kind === 'inquiry') {
    const isOpen = inquiryState(fieldsOf<'inquiry'>(state)) === 'open';
    return isOpen && text('to') !== '' ? [`${waitKey.ask(text('to'))}${id}`] : [];
  }
  const dues = duesOf({ kind, id, author: origin.author, fields: fieldsOf(state) } as DueRecord);
  const keys = dues.map(({ whose, on, what }) => `${waitKey.due(whose)}${on}/${what}/${id}`);
  if (kind === 'probe' && text('expectation') !== '') {
    keys.push(`${waitKey.probe(text('expectation'))}${id}`);
  }
  return keys;
}
