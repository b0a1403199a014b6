import type { Mark } from '../messages/shapes.ts';
import { drawIcon } from './drawings.ts';
import { ICON } from './gutter-place.ts';
import { nameOf } from './kinds.ts';
import { page } from './page-document.ts';

const SIGN = 12;

/** One icon: the mark it stands for, where its words are, and the message body they are in. */
export type Icon = {
  kind: Mark['kind'];
  id: string;
  evidence: string;
  look: Mark['look'];
  approximate: boolean;
  probably: boolean;
  earlier: Mark['earlier'];
  summary: string;
  ranges: readonly Range[];
  body: Element;
  /** Place of its message in the reading, and what that message was known by. */
  message: number;
  key: string;
  /** Offsets into the body's text. */
  start: number;
  end: number;
};

/** The icon in the gutter: a button with the kind's drawing, and a sign where there is a doubt. */
export function drawButton(icon: Icon): HTMLButtonElement {
  const button = page.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-label', `${titleOf(icon)}: ${icon.summary}`);
  button.style.color = `var(--${icon.look})`;
  button.style.width = `${widthOf(icon)}px`;
  const sign = signOf(icon);
  if (sign !== '') {
    const drawn = page.createElement('span');
    drawn.textContent = sign;
    drawn.setAttribute('aria-hidden', 'true');
    button.append(drawn);
  }
  button.append(drawIcon(icon.look));
  return button;
}

/** Where a cue is while it has the focus: a frame round its words, and no icon. */
export function drawStop(icon: Icon): HTMLButtonElement {
  const button = page.createElement('button');
  button.type = 'button';
  button.className = 'stop';
  // Gone to by Alt and an arrow only: Tab goes from mark to mark, and to the page's own.
  button.tabIndex = -1;
  button.setAttribute('aria-label', `${titleOf(icon)} ${icon.summary}`);
  return button;
}

/** The kind, and what is not certain about the place. */
export function titleOf(icon: Icon): string {
  if (icon.look === 'cue') {
    return icon.kind === 'commitment' ? 'A promise?' : 'Something unsaid here?';
  }
  const name = nameOf(icon.look);
  if (icon.earlier) return `${name}, quoted from an earlier mail`;
  if (icon.approximate) return `${name}, nearest place`;
  return icon.probably ? `${name}, probably` : name;
}

/** In CSS pixels. */
export function widthOf(icon: Icon): number {
  return ICON + (signOf(icon) === '' ? 0 : SIGN);
}

export function firstBox(icon: Icon): DOMRect | null {
  for (const range of icon.ranges) {
    for (const box of range.getClientRects()) if (box.width > 0 && box.height > 0) return box;
  }
  return null;
}

function signOf({ approximate, earlier }: Icon): string {
  return earlier ? '↩' : approximate ? '≈' : '';
}
