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

/** A protobuf field of bytes that is shorter than 128. */
const field = (number: number, ...bytes: readonly number[]): readonly number[] => [
  number * 8 + 2,
  bytes.length,
  ...bytes,
];
const letters = (text: string): readonly number[] => [...new TextEncoder().encode(text)];

test('what is not read of the models of others is written as it stood', () => {
  // table: float32 (1), its element in float_data; Constant with an attribute that is a tensor.
  const table = [0x08, 1, 0x10, 1, ...field(4, 0, 0, 0x80, 0x3f), ...field(8, ...letters('table'))];
  const attribute = [...field(1, ...letters('value')), ...field(5, ...table), 0xa0, 0x01, 4];
  const node = [...field(2, ...letters('y')), ...field(4, ...letters('Constant')), ...field(5, ...attribute)];
  const graph = [...field(1, ...node), ...field(5, ...table)];
  const bytes = Uint8Array.from([...field(7, ...graph), ...field(8, 0x10, 17)]);
  const model = readModel(bytes);
  expect(model.initializers).toEqual([
    { name: 'table', type: 'float32', shape: [1], data: new Uint8Array(), unread: Uint8Array.from(table) },
  ]);
  const again = readModel(writeModel(model));
  expect(again).toEqual(model);
  expect(printModel(writeModel(model))).toContain('y = Constant(value: …)');
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
