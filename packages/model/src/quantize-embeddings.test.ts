import { readFileSync } from 'node:fs';
import { ArgumentError } from '@sentence-mtl/core';
import { describe, expect, test } from 'vitest';
import type { EmbeddingPrecision, Embeddings } from './embeddings.ts';
import { quantizationRanges, quantizeEmbeddings } from './quantize-embeddings.ts';

interface Case {
  readonly precision: EmbeddingPrecision;
  readonly ranges: readonly [minimum: readonly number[], maximum: readonly number[]] | null;
  readonly calibration: boolean;
  readonly out: readonly (readonly number[])[];
}

interface Recording {
  readonly embeddings: readonly (readonly number[])[];
  readonly calibration_embeddings: readonly (readonly number[])[];
  readonly cases: readonly Case[];
}

const recording = JSON.parse(
  readFileSync(new URL('../fixtures/quantisation.json', import.meta.url), 'utf8'),
) as Recording;

const matrix = (rows: readonly (readonly number[])[]): Embeddings<'float32'> => ({
  precision: 'float32',
  shape: [rows.length, rows[0]?.length ?? 0],
  data: Float32Array.from(rows.flat()),
});

const embeddings = matrix(recording.embeddings);

describe('recorded with sentence-transformers', () => {
  test.each(recording.cases.map((each) => [each.precision, each.ranges === null, each.calibration, each] as const))(
    '%s, own ranges %s, calibrated %s',
    (precision, _own, calibration, { ranges, out }) => {
      const given =
        ranges === null ? undefined : { minimum: Float32Array.from(ranges[0]), maximum: Float32Array.from(ranges[1]) };
      const calibrated = calibration ? quantizationRanges(matrix(recording.calibration_embeddings)) : given;
      const { shape, data } = quantizeEmbeddings(embeddings, precision, calibrated);
      expect(shape).toEqual([out.length, out[0]?.length]);
      expect([...data]).toEqual(out.flat().map((value) => (precision === 'float32' ? Math.fround(value) : value)));
    },
  );
});

test.each<EmbeddingPrecision>(['int8', 'uint8'])('%s of a single embedding needs ranges, as in Python', (precision) => {
  const single = matrix(recording.embeddings.slice(0, 1));
  expect(() => quantizeEmbeddings(single, precision)).toThrow(ArgumentError);
  expect(quantizeEmbeddings(single, precision, quantizationRanges(embeddings)).shape).toEqual(single.shape);
});

test.each<EmbeddingPrecision>(['int8', 'uint8', 'binary', 'ubinary'])('%s of no embedding is none', (precision) => {
  const none: Embeddings<'float32'> = { precision: 'float32', shape: [0, 12], data: new Float32Array() };
  const { shape, data } = quantizeEmbeddings(none, precision);
  expect([shape, data.length]).toEqual([[0, precision.endsWith('binary') ? 2 : 12], 0]);
});

test('what is no number is no 1 among the bits', () => {
  expect([...quantizeEmbeddings(matrix([[Number.NaN, 1, -1, 0, -0]]), 'ubinary').data]).toEqual([0b0100_0000]);
});

test('ranges of other dimensions are refused', () => {
  const ranges = quantizationRanges(matrix([[1, 2]]));
  expect(() => quantizeEmbeddings(embeddings, 'int8', ranges)).toThrow(
    'the ranges are of 2 and 2 dimensions, the embeddings of 19',
  );
});
