// Whose a row is: the customer by a CRM id, a mail domain or address, or the name.
import { customerIdentifier, domainOf } from '../../domain/index.ts';
import type { Directory } from '../register/directory.ts';
import { foldWords } from '../sync/words.ts';
import type { CellError, Values } from './fields.ts';

export type Whose = { ok: true; customer: string } | { ok: false; errors: CellError[] };

export class Customers {
  readonly #byName = new Map<string, Set<string>>();
  readonly #byIdentifier = new Map<string, string>();

  constructor(directory: Directory) {
    for (const [id, { name, identifiers }] of directory.customers.all()) {
      const words = foldWords(name ?? '');
      if (words !== '') this.#byName.set(words, (this.#byName.get(words) ?? new Set()).add(id));
      for (const [key, on] of Object.entries(identifiers ?? {})) {
        if (on === true) this.#byIdentifier.set(key, id);
      }
    }
  }

  /** All that a row says of its customer has to mean the same one; else the people in it tell. */
  of(values: Values, people: readonly string[] = []): Whose {
    const errors: CellError[] = [];
    const found = new Map<string, string>();
    const take = (field: string, id: string | null, problem: string) => {
      if (id === null) errors.push({ field, message: problem });
      else found.set(id, field);
    };
    const { customerId, domain, customer } = values;
    if (customerId !== undefined) {
      const id = this.#byIdentifier.get(`crm:${customerId}`) ?? null;
      take('customerId', id, `No customer has the id “${customerId}”.`);
    }
    if (domain !== undefined) {
      take('domain', this.#at(domain), `No customer is known by “${domain}”.`);
    }
    if (customer !== undefined) {
      const named = [...(this.#byName.get(foldWords(customer)) ?? [])];
      const [only = null] = named;
      if (named.length > 1 && named.some((id) => found.has(id))) {
        // The name is that of several; something else in the row says which.
      } else if (named.length > 1) {
        const message = `${named.length} customers are called “${customer}”. Add a column with their mail domain or CRM id.`;
        errors.push({ field: 'customer', message });
      } else {
        take(
          'customer',
          only,
          `There is no customer called “${customer}”. Import customers first.`,
        );
      }
    }
    if (errors.length > 0) return { ok: false, errors };
    const said = customerId ?? domain ?? customer;
    const [by = null] = said === undefined ? people.flatMap((one) => this.#at(one) ?? []) : [];
    if (by !== null) found.set(by, 'people');
    const [one, ...more] = found.keys();
    if (one === undefined) {
      const message = 'Whose this is cannot be told. Give the customer’s name, mail domain or id.';
      return { ok: false, errors: [{ field: 'customer', message }] };
    }
    if (more.length > 0) {
      const message = `${[...found.values()].join(' and ')} are of different customers.`;
      return { ok: false, errors: [{ field: 'customer', message }] };
    }
    return { ok: true, customer: one };
  }

  /** By "jo@halden.example" or "halden.example". */
  #at(text: string): string | null {
    const plain = text.trim().toLowerCase();
    const key = plain.includes('@') ? customerIdentifier(plain) : `domain:${plain}`;
    const exact = this.#byIdentifier.get(`address:${plain}`);
    if (exact !== undefined) return exact;
    if (key === null || domainOf(`x@${plain}`) === '') return null;
    return this.#byIdentifier.get(key) ?? null;
  }
}
