// Our own icons: 16 × 16, drawn with the text's colour, so every theme and forced colours fit them.
// An icon beside its word is decoration; one that stands alone needs `label`.

interface Drawing {
  /** Stroked outline. */
  readonly d: string;
  readonly width?: number;
  /** Filled besides. */
  readonly solid?: string;
  readonly dash?: string;
}

const DRAWINGS = {
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
  interaction: {
    d: 'M2 4.5A1.5 1.5 0 0 1 3.5 3h9A1.5 1.5 0 0 1 14 4.5v5a1.5 1.5 0 0 1-1.5 1.5H7l-3 2.7V11h-.5A1.5 1.5 0 0 1 2 9.5v-5Z',
  },
  check: { d: 'M3 8.5 6.5 12 13 4.5', width: 2 },
  close: { d: 'm3.5 3.5 9 9m0-9-9 9' },
  plus: { d: 'M8 3v10M3 8h10' },
  search: { d: 'M11 7A4 4 0 1 1 3 7a4 4 0 0 1 8 0Zm-1.2 2.9L13.5 13.5' },
  link: { d: 'M6.5 4H4a1 1 0 0 0-1 1v7a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1V9.5M9 3h4v4M13 3 7.5 8.5' },
  back: { d: 'M13 8H3m4.5-4.5L3 8l4.5 4.5' },
  down: { d: 'm4 6 4 4 4-4' },
  synced: { d: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM5.2 8.2l2 2 3.6-4' },
  waiting: { d: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11Z', dash: '2.3 1.16', width: 1.8 },
  offline: {
    d: 'M4.5 12.5h7a2.7 2.7 0 0 0 .6-5.3A4.2 4.2 0 0 0 4 6.7a3 3 0 0 0 .5 5.8ZM2 2l12 12',
  },
  cloud: { d: 'M4.5 12.5h7a2.7 2.7 0 0 0 .6-5.3A4.2 4.2 0 0 0 4 6.7a3 3 0 0 0 .5 5.8Z' },
  local: { d: 'M3 3h10v7H3V3Zm-2 10h14' },
  attention: {
    d: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM8 4.8v3.8',
    solid: 'M7.1 10.9a.9.9 0 1 0 1.8 0 .9.9 0 1 0-1.8 0Z',
  },
  copy: { d: 'M5.5 5.5V3h7.5v7.5h-2.5M3 5.5h7.5V13H3V5.5Z' },
  file: { d: 'M4 2h5l3.5 3.5V14H4V2Zm5 0v3.5h3.5' },
  export: { d: 'M8 2v8m-3.5-3.5L8 10l3.5-3.5M2.5 13.5h11' },
  people: {
    d: 'M8.2 5.2a2.4 2.4 0 1 1-4.8 0 2.4 2.4 0 0 1 4.8 0ZM1.5 13c0-2.4 1.9-4 4.3-4s4.3 1.6 4.3 4M10.5 3a2.3 2.3 0 0 1 0 4.4M12 9.4c1.5.5 2.5 1.8 2.5 3.6',
  },
  twice: { d: 'M5.5 2.5H13V10M2.5 5.5h8v8h-8v-8Z' },
  device: { d: 'M2.5 3.5h11v7h-11v-7ZM6 13.5h4' },
  keyboard: { d: 'M1.5 4.5h13v7.5h-13v-7.5ZM4 7h.01M6.7 7h.01M9.3 7h.01M12 7h.01M5 9.6h6' },
  menu: { d: 'M2 4h12M2 8h12M2 12h12' },
  more: { d: 'M3.5 8h.01M8 8h.01M12.5 8h.01', width: 2.2 },
} as const satisfies Record<string, Drawing>;

export type IconName = keyof typeof DRAWINGS;

export interface IconProps {
  readonly name: IconName;
  /** Edge in px, 16 unless said. */
  readonly size?: number;
  /** The icon's name, for one that stands without a word. */
  readonly label?: string;
  readonly class?: string;
}

export function Icon({ name, size = 16, label, class: extra }: IconProps) {
  const drawing: Drawing = DRAWINGS[name];
  return (
    <svg
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      class={extra ? `u-icon ${extra}` : 'u-icon'}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width={drawing.width ?? 1.5}
      stroke-linecap={drawing.dash ? 'butt' : 'round'}
      stroke-linejoin="round"
      stroke-dasharray={drawing.dash}
    >
      <path d={drawing.d} />
      {drawing.solid && <path d={drawing.solid} fill="currentColor" stroke="none" />}
    </svg>
  );
}

/** Our sign: a pair of quotation marks with an empty space between them. */
export function Logo({ height = 12 }: { readonly height?: number }) {
  return (
    <svg
      class="u-logo"
      width={height * 2}
      height={height}
      viewBox="0 0 24 12"
      fill="currentColor"
      aria-hidden="true"
    >
      <path d="M3.2 1.5h2.3L3.3 10.5H1.6L3.2 1.5ZM7 1.5h2.3L7.1 10.5H5.4L7 1.5ZM17.1 10.5h-2.3L17 1.5h1.7L17.1 10.5ZM20.9 10.5h-2.3l2.2-9h1.7L20.9 10.5Z" />
    </svg>
  );
}
