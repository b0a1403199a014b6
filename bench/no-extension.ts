// The extension's API is not there in a plain page; nothing that is measured there calls it. To be
// imported before anything that imports the API.
const api = { runtime: { id: 'bench', getURL: (path: string) => path } };
Object.assign(globalThis, { browser: api, chrome: api });
