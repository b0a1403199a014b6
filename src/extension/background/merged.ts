import { type Fields, mergeFields } from '../../domain/index.ts';
import { type IdentitySet, readFields } from '../store/index.ts';

/** The fields of records that are read as one. */
export function merged<K extends 'customer' | 'contact' | 'project' | 'interaction'>(
  set: IdentitySet,
): Fields<K> {
  const members = new Map([...set.members].map(([id, record]) => [id, readFields<K>(record)]));
  return mergeFields(set.canonical, members) as Fields<K>;
}
