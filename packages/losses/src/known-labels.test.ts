import { float32Tensor, int32Tensor } from '@sentence-mtl/core';
import { cast, defineProgram, float32, int32 } from '@sentence-mtl/program';
import { referenceEngine } from '@sentence-mtl/reference-engine';
import { expect, it } from 'vitest';
import { knownClasses, knownNumbers, knownRows } from './known-labels.ts';

it('classes are missing outside their range, numbers where they are NaN, rows where one number is', async () => {
  const program = defineProgram(
    { logits: float32('batch', 'classes'), classes: int32('batch'), numbers: float32('batch', 2) },
    ({ classes, numbers }) => ({
      fixed: cast(knownClasses(classes, 3).present, 'int32'),
      symbolic: knownClasses(classes, 'classes').labels,
      entries: knownNumbers(numbers).labels,
      rows: cast(knownRows(numbers).present, 'int32'),
    }),
  );
  const executable = await referenceEngine().compile(program);
  const { fixed, symbolic, entries, rows } = await executable.run({
    logits: float32Tensor(new Float32Array(16), [4, 4]),
    classes: int32Tensor([-100, 0, 3, 4], [4]),
    numbers: float32Tensor([1, 2, NaN, 3, NaN, NaN, Infinity, 0], [4, 2]),
  });
  expect([...fixed.data]).toEqual([0, 1, 0, 0]);
  expect([...symbolic.data]).toEqual([0, 0, 3, 0]);
  expect([...entries.data]).toEqual([1, 2, 0, 3, 0, 0, Infinity, 0]);
  expect([...rows.data]).toEqual([1, 0, 0, 1]);
});
