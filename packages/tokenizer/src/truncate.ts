/** The lengths two texts are cut to so that both fit into `room` tokens: always the longer one gives way first. */
export function longestFirst(first: number, second: number, room: number): readonly [number, number] {
  if (first + second <= room) return [first, second];
  const shorter = Math.min(first, second);
  const left = Math.max(shorter, room - shorter);
  // When both are over half, the second gets the odd token; with the shorter one kept, the other gets the rest.
  const [low, high] = shorter + left > room ? [Math.floor(room / 2), Math.ceil(room / 2)] : [shorter, left];
  return first > second ? [high, low] : [low, high];
}

/** The first (or, cutting on the left, the last) `length` ids. */
export function cutTo(ids: readonly number[], length: number, side: 'left' | 'right'): readonly number[] {
  if (ids.length <= length) return ids;
  return side === 'right' ? ids.slice(0, length) : ids.slice(ids.length - length);
}
