import { useEffect, useState } from 'preact/hooks';
import { type Extent, extentOf } from '../../ui/window.ts';

/** wide: every column. narrow: the ones that fit beside an open record. stacked: a phone. */
export type Layout = 'wide' | 'narrow' | 'stacked';

export const ROW_HEIGHT: Readonly<Record<Layout, number>> = { wide: 37, narrow: 37, stacked: 97 };
/** The head sticks to the top and may take two lines in a long language; on a phone there is none. */
export function headHeight(scroller: HTMLElement, layout: Layout): number {
  return layout === 'stacked' ? 0 : (scroller.querySelector('thead')?.offsetHeight ?? 0);
}

export function layoutOf(width: number): Layout {
  if (width < 640) return 'stacked';
  return width < 1_040 ? 'narrow' : 'wide';
}

export interface Scroll {
  readonly layout: Layout;
  readonly extent: Extent;
}

/** Follows the scroller's width and place; draws again only when other rows come into sight. */
export function useScroll(scroller: HTMLElement | null, count: number): Scroll {
  const [scroll, setScroll] = useState<Scroll>({ layout: 'wide', extent: { start: 0, end: 40 } });
  useEffect(() => {
    if (!scroller) return;
    const read = () => {
      const layout = layoutOf(scroller.clientWidth);
      const height = scroller.clientHeight - headHeight(scroller, layout);
      const extent = extentOf(scroller.scrollTop, height, ROW_HEIGHT[layout], count);
      setScroll((before) => {
        const same = before.extent.start === extent.start && before.extent.end === extent.end;
        return same && before.layout === layout ? before : { layout, extent };
      });
    };
    read();
    const sizes = new ResizeObserver(read);
    sizes.observe(scroller);
    scroller.addEventListener('scroll', read, { passive: true });
    return () => {
      sizes.disconnect();
      scroller.removeEventListener('scroll', read);
    };
  }, [scroller, count]);
  return scroll;
}
