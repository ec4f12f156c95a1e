import { ArgumentError, float32Tensor, int32Tensor } from '@sentence-mtl/core';
import { defineProgram, float32, gather, int32, mul, constant } from '@sentence-mtl/program';
import { expect, test } from 'vitest';
import { ELEMENT_TYPE_NUMBERS } from '../model/element-type.ts';
import type { OnnxModel } from '../model/onnx-model.ts';
import { writeModel } from '../model/write-model.ts';
import { programModel } from '../program-model.ts';
import { runModel } from '../run-model.test.ts';
import { withHostTypes } from './host-types.ts';

const table = constant(float32Tensor([1, 2, 3, 4], [4]), 'table');
const program = defineProgram({ ids: int32('batch'), x: float32('batch') }, ({ ids, x }) => ({
  rows: mul(gather(table, ids), x),
  twice: mul(ids, 2),
}));

/** With int64 indices in and out, and float16 in and out; `inside` is in the names that casts lead from and to. */
function foreignModel(inside: string): OnnxModel {
  const model = programModel(program, { target: 'portable', integerInputs: 'int64' });
  const [ids, x] = model.inputs;
  const [rows, twice] = model.outputs;
  if (ids === undefined || x === undefined || rows === undefined || twice === undefined) throw new Error('no model');
  const rename = (name: string): string =>
    name === 'x' || name === 'rows' || name === 'twice' ? `${name}_${inside}` : name;
  const nodes = model.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
  }));
  const cast = (from: string, to: string, type: keyof typeof ELEMENT_TYPE_NUMBERS) => ({
    name: to,
    domain: '',
    operator: 'Cast',
    inputs: [from],
    outputs: [to],
    attributes: { to: ELEMENT_TYPE_NUMBERS[type] },
  });
  return {
    ...model,
    inputs: [ids, { ...x, type: 'float16' }],
    outputs: [
      { ...rows, type: 'float16' },
      { ...twice, type: 'int64' },
    ],
    nodes: [
      cast('x', `x_${inside}`, 'float32'),
      ...nodes,
      cast(`rows_${inside}`, 'rows', 'float16'),
      cast(`twice_${inside}`, 'twice', 'int64'),
    ],
  };
}

// The last two are what casts would be named by if they were not taken.
test.each(['inside', 'float16', 'int64'])(
  'a graph of int64 and float16 takes and gives int32 and float32: %s',
  async (inside) => {
    const model = withHostTypes(foreignModel(inside));
    expect(model.inputs.map(({ name, type, shape }) => [name, type, shape])).toEqual([
      ['ids', 'int32', ['batch']],
      ['x', 'float32', ['batch']],
    ]);
    expect(model.outputs.map(({ name, type }) => [name, type])).toEqual([
      ['rows', 'float32'],
      ['twice', 'int32'],
    ]);
    const feeds = { ids: int32Tensor([3, 0], [2]), x: float32Tensor([0.5, 10], [2]) };
    expect(await runModel(writeModel(model), feeds)).toEqual({
      rows: float32Tensor([2, 10], [2]),
      twice: int32Tensor([6, 0], [2]),
    });
  },
);

test('a graph of host types stays as it is, but for inputs that repeat weights', () => {
  const model = programModel(program, { target: 'portable' });
  expect(withHostTypes(model)).toEqual(model);
  const repeated = { ...model, inputs: [...model.inputs, { name: 'table', type: 'float32', shape: [4] } as const] };
  expect(withHostTypes(repeated)).toEqual(model);
});

test('a type that no tensor here has is an error', () => {
  const model = programModel(program, { target: 'portable' });
  const [ids, x] = model.inputs;
  if (ids === undefined || x === undefined) throw new Error('no model');
  const texts = { ...model, inputs: [ids, { ...x, type: 'string' } as const] };
  expect(() => withHostTypes(texts)).toThrow(ArgumentError);
  expect(() => withHostTypes(texts)).toThrow(/"x" of the graph is string/);
});
