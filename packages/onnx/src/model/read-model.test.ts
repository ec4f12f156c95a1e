import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ELEMENT_TYPE_NUMBERS, elementTypeOf } from './element-type.ts';
import { ModelFormatError } from './model-format-error.ts';
import type { OnnxModel } from './onnx-model.ts';
import { printModel } from './print-model.ts';
import { readModel } from './read-model.ts';
import { modelParts, writeModel } from './write-model.ts';

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const size = fc.nat({ max: 2 ** 31 - 1 });
const elementType = fc.constantFrom(...Object.values(ELEMENT_TYPE_NUMBERS).flatMap((at) => elementTypeOf(at) ?? []));
const value = fc.record({ name, type: elementType, shape: fc.array(fc.oneof(size, name)) });
const attribute = fc.oneof(
  fc.maxSafeInteger(),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.maxSafeInteger()),
  fc.float().map((float) => ({ float })),
);

const models: fc.Arbitrary<OnnxModel> = fc.record({
  irVersion: size,
  producer: name,
  opsets: fc.array(fc.tuple(name, size), { minLength: 1 }).map((entries) => new Map(entries)),
  metadata: fc.array(fc.tuple(name, name)).map((entries) => new Map(entries)),
  inputs: fc.array(value),
  outputs: fc.array(value),
  initializers: fc.array(
    fc.record({
      name,
      type: elementType,
      shape: fc.array(size),
      data: fc.oneof(
        fc.uint8Array(),
        // Long enough for a length of two bytes, short enough to be compared a hundred times.
        fc.nat({ max: 300 }).map((size) => new Uint8Array(size).fill(7)),
      ),
    }),
  ),
  nodes: fc.array(
    fc.record({
      name,
      domain: fc.oneof(fc.constant(''), name),
      operator: name,
      inputs: fc.array(fc.oneof(fc.constant(''), name)),
      outputs: fc.array(name),
      attributes: fc
        .dictionary(name, attribute)
        // JavaScript puts keys that are numbers first, and has one key that is none.
        .map((record) => Object.fromEntries(Object.entries(record).map(([key, each]) => [`a${key}`, each]))),
    }),
  ),
});

test('a model that is written is read as it was', () => {
  fc.assert(
    fc.property(models, (model) => {
      expect(readModel(writeModel(model))).toEqual(model);
    }),
  );
});

/** Runs and gives the error, or undefined. */
function errorOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}

test('a model cut off anywhere is refused', () => {
  fc.assert(
    fc.property(models, fc.nat(), (model, at) => {
      const bytes = writeModel({ ...model, opsets: new Map([['', 20]]) });
      expect(errorOf(() => readModel(bytes.subarray(0, at % bytes.length)))).toBeInstanceOf(ModelFormatError);
    }),
  );
});

test('a model with any byte changed is read or refused, and nothing else', () => {
  fc.assert(
    fc.property(models, fc.nat(), fc.nat({ max: 255 }), (model, at, byte) => {
      const bytes = writeModel(model);
      bytes[at % bytes.length] = byte;
      expect([undefined, 'ModelFormatError']).toContain((errorOf(() => printModel(bytes)) as Error | undefined)?.name);
    }),
  );
});

test('bytes that are no model are refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(errorOf(() => readModel(bytes))).toBeInstanceOf(ModelFormatError);
    }),
  );
  expect(() => readModel(new Uint8Array())).toThrow(
    'the 0 bytes are no ONNX model, or one cut off: they hold no graph',
  );
});

const empty = { irVersion: 8, producer: '', metadata: new Map(), inputs: [], outputs: [], nodes: [] };

test('the elements of weights are views of the bytes that are read', () => {
  const tensor = { name: 'w', type: 'float32', shape: [2], data: new Uint8Array(8) } as const;
  const bytes = writeModel({ ...empty, opsets: new Map([['', 17]]), initializers: [tensor] });
  expect(readModel(bytes).initializers[0]?.data.buffer).toBe(bytes.buffer);
});

test('the parts of a file are its bytes in order, and large tensors are not copied', () => {
  const tensor = (name: string, size: number) => ({
    name,
    type: 'uint8' as const,
    shape: [size],
    data: Uint8Array.from({ length: size }, (_, i) => i % 251),
  });
  const initializers = [tensor('a', 5000), tensor('small', 3), tensor('b', 70_000)];
  const model = { ...empty, opsets: new Map([['', 17]]), initializers };
  const parts = modelParts(model);
  expect(Buffer.concat(parts)).toEqual(Buffer.from(writeModel(model)));
  const [a, , b] = initializers;
  expect(parts.filter((part) => part === a?.data || part === b?.data)).toHaveLength(2);
});
