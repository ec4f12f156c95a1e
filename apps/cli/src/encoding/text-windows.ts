/** Most texts of a window. */
const TEXTS = 4096;

/**
 * Most UTF-16 units of a window, but for one text that has more: a second of work for a small model. A twentieth of what
 * is encoded is padding then, with windows of half that a tenth.
 */
const UNITS = 1 << 16;

/** Groups texts to be encoded together: enough that likes in length share batches, little enough to lose or wait for. */
export async function* textWindows(texts: AsyncIterable<string>): AsyncGenerator<readonly string[], void, undefined> {
  let window: string[] = [];
  let units = 0;
  for await (const text of texts) {
    if (window.length === TEXTS || (window.length > 0 && units + text.length > UNITS)) {
      yield window;
      [window, units] = [[], 0];
    }
    window.push(text);
    units += text.length;
  }
  if (window.length > 0) yield window;
}
