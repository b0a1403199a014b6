// The icons of the eight kinds, as the sidebar draws them (a test compares), and of a cue. They are built by DOM
// calls: a page under Trusted Types refuses markup.
import type { CaptureKind } from '../messages/shapes.ts';
import { page } from './page-document.ts';

type Drawing = { d: string; width?: number; solid?: string };

const DRAWINGS: Record<CaptureKind | 'cue', Drawing> = {
  expectation: {
    d: 'M2.6 4.6 1.7 9.4M5.2 4.6 4.3 9.4M11.7 4.6l-.9 4.8M14.3 4.6l-.9 4.8',
    width: 2,
  },
  note: { d: 'M2 4h12M2 8h12M2 12h7.5' },
  commitment: {
    d: 'M9.8 8a4.2 4.2 0 1 1-8.4 0 4.2 4.2 0 0 1 8.4 0Zm4.8 0a4.2 4.2 0 1 1-8.4 0 4.2 4.2 0 0 1 8.4 0Z',
  },
  grievance: { d: 'M9.2 1.4 3.4 9h4l-.7 5.6L12.6 7h-4l.6-5.6Z' },
  praise: {
    d: 'M8 14 2.6 8.4a3.5 3.5 0 0 1 0-4.9 3.3 3.3 0 0 1 4.8 0l.6.7.6-.7a3.3 3.3 0 0 1 4.8 0 3.5 3.5 0 0 1 0 4.9L8 14Z',
  },
  question: {
    d: 'M4.7 5.2A3.3 3.3 0 1 1 9.8 8C8.5 8.8 8 9.4 8 10.8',
    solid: 'M6.9 13.6a1.1 1.1 0 1 0 2.2 0 1.1 1.1 0 1 0-2.2 0Z',
  },
  decision: { d: 'M8 1.3 14.7 8 8 14.7 1.3 8 8 1.3ZM5.4 8.1l1.9 1.9 3.4-3.6' },
  risk: {
    d: 'M8 1.9 15 14H1L8 1.9ZM8 6.5v3.3',
    solid: 'M7.1 11.7a.9.9 0 1 0 1.8 0 .9.9 0 1 0-1.8 0Z',
  },
  cue: { d: 'M3 11h.01M8 11h.01M13 11h.01', width: 2.2 },
};

const SVG = 'http://www.w3.org/2000/svg';

/** A 16 × 16 icon in the text's colour; decoration only, what it stands in carries the name. */
export function drawIcon(kind: CaptureKind | 'cue'): SVGElement {
  const drawing = DRAWINGS[kind];
  const icon = page.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries({
    viewBox: '0 0 16 16',
    width: '16',
    height: '16',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': String(drawing.width ?? 1.5),
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  })) {
    icon.setAttribute(name, value);
  }
  icon.append(path({ d: drawing.d }));
  if (drawing.solid) icon.append(path({ d: drawing.solid, fill: 'currentColor', stroke: 'none' }));
  return icon;
}

function path(attributes: Record<string, string>): SVGElement {
  const element = page.createElementNS(SVG, 'path');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
