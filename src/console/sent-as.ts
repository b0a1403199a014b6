import { newId } from '../domain/new-id.ts';
import { useKept } from './kept.ts';

/**
 * The id that something new is sent under: the same for as long as the same is sent, in a reloaded tab
 * too, so that it is written once where an answer was lost. `key`: where it is written.
 */
export function useSentAs(place: Pick<Window, 'localStorage'>, key: string, now: () => Date) {
  const [kept, keep] = useKept(place, `${key}/sent`);
  return {
    idOf(wish: object): string {
      const said = JSON.stringify(wish);
      const [id = ''] = kept.split(' ', 1);
      if (kept === `${id} ${said}`) return id;
      const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
      const fresh = newId({ now: () => now().getTime(), random });
      keep(`${fresh} ${said}`);
      return fresh;
    },
    /** The server has it. */
    taken: () => keep(''),
  };
}
