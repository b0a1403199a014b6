// Takes the polyfill's place in the scripts that go into pages (scripts/build.ts): what they call
// returns promises by itself in every browser that can run them, and the polyfill is a tenth of
// what a page may cost.
declare const browser: unknown;
declare const chrome: unknown;

export default typeof browser === 'undefined' ? chrome : browser;
