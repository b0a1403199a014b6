// Which part of the page the address names:  #/   #/call/<id>   #/waiting   #/import
import { useLayoutEffect, useState } from 'preact/hooks';

export type Route =
  | { readonly at: 'list' }
  | { readonly at: 'call'; readonly id: string }
  | { readonly at: 'waiting' }
  | { readonly at: 'import' };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readRoute(hash: string): Route {
  const [page, id, more] = hash.replace(/^#\/?/, '').split('/');
  // The background names only the call.
  if (page && UUID.test(page) && id === undefined) return { at: 'call', id: page };
  if (page === 'call' && id && more === undefined) return { at: 'call', id };
  if ((page === 'waiting' || page === 'import') && id === undefined) return { at: page };
  return { at: 'list' };
}

export function callHref(id: string): string {
  return `#/call/${id}`;
}

export function useRoute(place: Window): Route {
  const [route, setRoute] = useState(() => readRoute(place.location.hash));
  useLayoutEffect(() => {
    const read = () => setRoute(readRoute(place.location.hash));
    place.addEventListener('hashchange', read);
    return () => place.removeEventListener('hashchange', read);
  }, [place]);
  return route;
}
