import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ArgumentError } from './errors.ts';
import { int8Rows } from './int8-rows.ts';

const number = fc.float({ noNaN: true, noDefaultInfinity: true });
const matrix = fc.record({ rows: fc.integer({ min: 1, max: 5 }), columns: fc.nat(6) }).chain(({ rows, columns }) =>
  fc.record({
    rows: fc.constant(rows),
    values: fc.array(number, { minLength: rows * columns, maxLength: rows * columns }),
  }),
);

test('literal rows', () => {
  const { numbers, scales } = int8Rows(Float32Array.of(127, -63.6, 0.4, 0, 0, 0), 2);
  expect([...numbers]).toEqual([127, -64, 0, 0, 0, 0]);
  expect([...scales]).toEqual([1, 0]);
});

test.each([127, 64])('a number is within half a scale, of the largest %i or less, and zero stays zero', (largest) => {
  fc.assert(
    fc.property(matrix, ({ rows, values }) => {
      const { numbers, scales } = int8Rows(Float32Array.from(values), rows, largest);
      const columns = values.length / rows;
      expect([numbers.length, scales.length]).toEqual([values.length, rows]);
      for (const [i, value] of values.entries()) {
        const [integer = Number.NaN, scale = Number.NaN] = [numbers[i], scales[Math.floor(i / columns)]];
        expect(Math.abs(integer)).toBeLessThanOrEqual(largest);
        // A scale is rounded to float32, and below its normal numbers coarsely.
        expect(Math.abs(integer * scale - value)).toBeLessThanOrEqual((scale / 2) * (1 + 1e-4) + largest * 2 ** -149);
        if (value === 0) expect(Math.abs(integer)).toBe(0);
      }
    }),
  );
});

test('negated rows are the same numbers with the other sign, but for those half way between two', () => {
  fc.assert(
    fc.property(matrix, ({ rows, values }) => {
      const given = int8Rows(Float32Array.from(values), rows);
      const negated = int8Rows(
        Float32Array.from(values, (value) => -value),
        rows,
      );
      expect(negated.scales).toEqual(given.scales);
      given.numbers.forEach((each, i) => expect(Math.abs(each + (negated.numbers[i] ?? 0))).toBeLessThanOrEqual(1));
    }),
  );
});

test('a number that is not finite is an error with its row', () => {
  for (const value of [Number.NaN, Infinity, -Infinity]) {
    expect(() => int8Rows(Float32Array.of(0, value), 2)).toThrow(ArgumentError);
    expect(() => int8Rows(Float32Array.of(0, value), 2)).toThrow(/row 1/);
  }
});

test('numbers that are not so many rows, and a largest number beyond int8, are errors', () => {
  expect(() => int8Rows(new Float32Array(5), 2)).toThrow('5 numbers are not 2 equally long rows');
  expect(() => int8Rows(new Float32Array(5), 0)).toThrow(ArgumentError);
  expect(int8Rows(new Float32Array(0), 0).numbers).toHaveLength(0);
  for (const largest of [0, 128, Number.NaN])
    expect(() => int8Rows(new Float32Array(4), 2, largest)).toThrow('1 to 127');
});
