import { useEffect, useState } from 'preact/hooks';
import { type Extent, extentOf } from '../../ui/window.ts';

/** Lines of a row: one, or three where the columns have no room beside each other. */
export const ROW_HEIGHT = { wide: 37, stacked: 77 } as const;
export type Layout = keyof typeof ROW_HEIGHT;

/** The head sticks to the top and may take two lines in a long language; on a phone there is none. */
export function rowsHeight(scroller: HTMLElement): number {
  return scroller.clientHeight - (scroller.querySelector('thead')?.offsetHeight ?? 0);
}

/** Follows the scroller's width and place; draws again only when other rows come into sight. */
export function useScroll(
  scroller: HTMLElement | null,
  count: number,
): { readonly layout: Layout; readonly extent: Extent } {
  const [scroll, setScroll] = useState<{ layout: Layout; extent: Extent }>({
    ...{ layout: 'wide', extent: { start: 0, end: 0 } },
  });
  useEffect(() => {
    if (scroller === null) return;
    const read = () => {
      const layout = scroller.clientWidth < 640 ? 'stacked' : 'wide';
      const height = rowsHeight(scroller);
      const extent = extentOf(scroller.scrollTop, height, ROW_HEIGHT[layout], count);
      setScroll((before) => {
        const { start, end } = before.extent;
        const isSame = start === extent.start && end === extent.end && before.layout === layout;
        return isSame ? before : { layout, extent };
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
