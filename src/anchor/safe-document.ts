/**
 * The same document, by the names that the standard gave its properties. In a plain document
 * elements take names over: with <form name="querySelector"> in the page, `document.querySelector`
 * is that form, also for an extension's script. Pass the real one where a Node is wanted.
 */
export function safeDocument(real: Document): Document {
  const methods = new Map<PropertyKey, unknown>();
  return new Proxy(real, {
    get(_, name) {
      const known = methods.get(name);
      if (known !== undefined) return known;
      // `location` alone stands on the document itself, where nothing can take its place.
      if (!(name in Document.prototype)) return name === 'location' ? real.location : undefined;
      const value: unknown = Reflect.get(Document.prototype, name, real);
      if (typeof value !== 'function') return value;
      const method: unknown = value.bind(real);
      methods.set(name, method);
      return method;
    },
    set: (_, name, value) => Reflect.set(Document.prototype, name, value, real),
  });
}
