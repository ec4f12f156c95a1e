/** Most rows of a window. */
const TEXTS = 4096;

/**
 * Most UTF-16 units of a window, but for one row that has more: a second of work for a small model. A twentieth of what
 * is encoded is padding then, with windows of half that a tenth.
 */
const UNITS = 1 << 16;

/**
 * Groups rows to be encoded together: enough that likes in length share batches, little enough to lose or wait for.
 *
 * @param unitsOf how many UTF-16 units a row has
 */
export async function* rowWindows<T>(
  rows: AsyncIterable<T>,
  unitsOf: (row: T) => number,
): AsyncGenerator<readonly T[], void, undefined> {
  let window: T[] = [];
  let units = 0;
  for await (const row of rows) {
    const more = unitsOf(row);
    if (window.length === TEXTS || (window.length > 0 && units + more > UNITS)) {
      yield window;
      [window, units] = [[], 0];
    }
    window.push(row);
    units += more;
  }
  if (window.length > 0) yield window;
}
