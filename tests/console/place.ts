// A window for the console to live in: the address is its own, everything else is the test page's.

export interface Place {
  readonly place: Window;
  /** As typing an address does. */
  go(hash: string): void;
  /** Addresses by going, not by replacing. */
  readonly visited: string[];
}

export function placeAt(start: string): Place {
  const events = new EventTarget();
  const visited: string[] = [];
  let hash = start;
  function move(next: string) {
    const to = next.startsWith('#') ? next : `#${next}`;
    if (to === hash) return;
    hash = to;
    events.dispatchEvent(new Event('hashchange'));
  }
  const address = {
    get hash() {
      return hash;
    },
    set hash(next: string) {
      visited.push(next);
      move(next);
    },
    replace: move,
  };
  const place = new Proxy(window, {
    get(target, name) {
      if (name === 'location') return address;
      if (name === 'addEventListener' || name === 'removeEventListener') {
        return (type: string, listener: EventListener) => {
          const on = type === 'hashchange' ? events : target;
          on[name](type, listener);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { place, go: move, visited };
}
