// Pieces and words shared by the sidebar, the options page and the console. Imports domain only;
// extension pages and the console may import it. Load `theme.css` once per page: nothing here does.
export * from './button.tsx';
export * from './choice.tsx';
export * from './field.tsx';
export * from './foot.tsx';
export * from './icons.tsx';
export * from './keys.tsx';
export * from './kind.tsx';
export * from './ladder.tsx';
export * from './pick.tsx';
export * from './quote.tsx';
export * from './rungs.tsx';
export * from './segment.tsx';
export * from './states.tsx';
export * from './time.ts';
export * from './undo.tsx';
export * from './words.ts';
