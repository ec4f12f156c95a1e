import { describe, expect, it } from 'vitest';
import { broadcastShapes, elementCount, resolveAxis } from './shape.ts';

describe('shapes', () => {
  it('broadcast as in NumPy, a symbol only with itself and 1', () => {
    expect(broadcastShapes(['batch', 1, 5], ['sequence', 1])).toEqual(['batch', 'sequence', 5]);
    expect(broadcastShapes([], ['batch'])).toEqual(['batch']);
    expect(() => broadcastShapes(['batch', 5], ['batch', 4])).toThrow(
      '(batch, 5) and (batch, 4) do not broadcast: sizes 5 and 4 differ and neither is 1',
    );
    expect(() => broadcastShapes(['batch'], ['sequence'])).toThrow('do not broadcast');
  });

  it('count their elements as a polynomial', () => {
    expect(elementCount(['batch', 'sequence', 2])).toBe('2*batch*sequence');
    expect(elementCount([])).toBe(1);
  });

  it('count axes from either end', () => {
    expect(resolveAxis(['batch', 5], -1, 'sum')).toBe(1);
    expect(() => resolveAxis(['batch', 5], 2, 'sum')).toThrow('sum: axis 2 is not one of (batch, 5); use -2 to 1');
  });
});
