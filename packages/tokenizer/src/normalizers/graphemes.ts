const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const WINDOW = 256;

/**
 * The graphemes of a text. `Intl.Segmenter` takes quadratic time over long texts, so that it gets a window at a time;
 * a segmentation can start afresh at any border of a grapheme. The last one of a window may go on behind it and is read
 * again.
 */
export function* graphemes(text: string): Generator<string> {
  let from = 0;
  let size = WINDOW;
  while (from < text.length) {
    // A window never ends inside a surrogate pair: half a flag would hide that it joins the one before.
    const end = from + size + ((text.codePointAt(from + size - 1) ?? 0) > 0xffff ? 1 : 0);
    const window = text.slice(from, end);
    const isLast = end >= text.length;
    const segments = Array.from(segmenter.segment(window), ({ segment }) => segment);
    const whole = isLast ? segments : segments.slice(0, -1);
    yield* whole;
    if (isLast) return;
    from += whole.reduce((sum, segment) => sum + segment.length, 0);
    size = whole.length === 0 ? size * 2 : WINDOW;
  }
}
