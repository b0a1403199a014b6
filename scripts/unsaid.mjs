#!/usr/bin/env node
// The `unsaid` command, from whatever folder it is called: files are looked for there.
process.env.UNSAID_CWD ??= process.cwd();
process.argv.splice(2, 0, 'src/server/cli.ts');
await import('./bootstrap.mjs');
