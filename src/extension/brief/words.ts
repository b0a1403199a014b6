/** What the page of the brief says beside ui/brief/words.ts. */
export const say = {
  print: 'Print',
  text: 'Copy as text',
  markdown: 'Copy as Markdown',
  html: 'Copy as formatted text',
  copied: 'Copied.',
  notCopied: 'The browser did not allow copying.',
  loading: 'One moment.',
  noCustomer: 'Open this page from the sidebar: then it knows which customer it is about.',
  safe: 'Your notes are safe on this device.',
};
