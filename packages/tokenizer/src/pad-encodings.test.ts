import { expect, test } from 'vitest';
import { padEncodings } from './pad-encodings.ts';

const rows = [
  { ids: [2, 7, 3], typeIds: [0, 0, 1] },
  { ids: [2, 3], typeIds: [0, 0] },
];

test('rows are padded to the longest, on the right', () => {
  const batch = padEncodings(rows, { side: 'right', id: 9, typeId: 4 }, { tokenTypeIds: true });
  expect(batch.inputIds).toEqual({ dtype: 'int32', shape: [2, 3], data: Int32Array.of(2, 7, 3, 2, 3, 9) });
  expect(batch.attentionMask.data).toEqual(Int32Array.of(1, 1, 1, 1, 1, 0));
  expect(batch.tokenTypeIds?.data).toEqual(Int32Array.of(0, 0, 1, 0, 0, 4));
});

test('rows are padded on the left where the files say so, without segments where none are wanted', () => {
  const batch = padEncodings(rows, { side: 'left', id: 9, typeId: 0 });
  expect(batch.inputIds.data).toEqual(Int32Array.of(2, 7, 3, 9, 2, 3));
  expect(batch.attentionMask.data).toEqual(Int32Array.of(1, 1, 1, 0, 1, 1));
  expect(batch.tokenTypeIds).toBeUndefined();
});

test('no rows, and rows without tokens, are still a batch', () => {
  expect(padEncodings([], { side: 'right', id: 0, typeId: 0 }).inputIds.shape).toEqual([0, 1]);
  expect(padEncodings([{ ids: [], typeIds: [] }], { side: 'right', id: 5, typeId: 0 }).attentionMask.data).toEqual(
    Int32Array.of(0),
  );
});

test('a width pads further than the longest, and never cuts', () => {
  expect(padEncodings(rows, { side: 'right', id: 9, typeId: 0 }, { width: 5 }).inputIds.data).toEqual(
    Int32Array.of(2, 7, 3, 9, 9, 2, 3, 9, 9, 9),
  );
  expect(padEncodings(rows, { side: 'right', id: 9, typeId: 0 }, { width: 2 }).inputIds.shape).toEqual([2, 3]);
});
