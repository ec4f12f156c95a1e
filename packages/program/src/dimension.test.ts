import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDimensions,
  bindDimension,
  canonicalDimension,
  divideDimensions,
  multiplyDimensions,
  subtractDimensions,
  symbolsOf,
  type Dimension,
} from './dimension.ts';

const SIZES = { batch: 3, sequence: 5, classes: 7 };
const leaf: fc.Arbitrary<Dimension> = fc.oneof(
  fc.integer({ min: 0, max: 9 }),
  fc.constantFrom('batch', 'sequence', 'classes'),
);
const polynomial: fc.Arbitrary<Dimension> = fc
  .array(fc.tuple(fc.constantFrom(addDimensions, multiplyDimensions), leaf), { maxLength: 5 })
  .chain((steps) => leaf.map((start) => steps.reduce<Dimension>((sum, [combine, next]) => combine(sum, next), start)));

describe('dimensions', () => {
  it('are added and multiplied as integers are', () => {
    fc.assert(
      fc.property(polynomial, polynomial, (a, b) => {
        const [x, y] = [bindDimension(a, SIZES), bindDimension(b, SIZES)];
        expect(bindDimension(addDimensions(a, b), SIZES)).toBe(x + y);
        expect(bindDimension(multiplyDimensions(a, b), SIZES)).toBe(x * y);
        expect(bindDimension(subtractDimensions(a, b), SIZES)).toBe(x - y);
      }),
    );
  });

  it('have one spelling, so that === decides equality', () => {
    fc.assert(
      fc.property(polynomial, polynomial, polynomial, (a, b, c) => {
        expect(addDimensions(a, b)).toBe(addDimensions(b, a));
        expect(multiplyDimensions(a, b)).toBe(multiplyDimensions(b, a));
        expect(multiplyDimensions(a, addDimensions(b, c))).toBe(
          addDimensions(multiplyDimensions(a, b), multiplyDimensions(a, c)),
        );
      }),
    );
    expect(canonicalDimension('sequence*batch+1')).toBe('batch*sequence+1');
    expect(canonicalDimension('2*batch+batch')).toBe('3*batch');
  });

  it('divide exactly by a monomial or not at all', () => {
    expect(divideDimensions('6*batch*sequence+2*batch', '2*batch')).toBe('3*sequence+1');
    expect(divideDimensions('batch', 'sequence')).toBeUndefined();
    expect(divideDimensions('3*batch', 2)).toBeUndefined();
    fc.assert(
      fc.property(polynomial, fc.constantFrom<Dimension>('batch', 'sequence', 3, '2*batch'), (a, b) => {
        expect(divideDimensions(multiplyDimensions(a, b), b)).toBe(a);
      }),
    );
  });

  it('name their symbols once', () => {
    expect(symbolsOf('batch*sequence+2*batch+1')).toEqual(['batch', 'sequence']);
  });

  it('refuse what is no dimension, and a symbol without a size', () => {
    for (const text of ['batch-1', '', ' ', '1e3', '0x10', ' 5 ', '1.5*batch', 'batch*', 'batch++1']) {
      expect(() => canonicalDimension(text), text).toThrow('is not a dimension');
    }
    expect(() => canonicalDimension(-1)).toThrow('-1 is not a dimension');
    expect(() => canonicalDimension(1.5)).toThrow('1.5 is not a dimension');
    expect(() => bindDimension('batch*rows', SIZES)).toThrow(
      'dimension "rows" has no size; known are batch, sequence, classes',
    );
    expect(() => bindDimension('toString', {})).toThrow('dimension "toString" has no size; known are none');
  });
});
