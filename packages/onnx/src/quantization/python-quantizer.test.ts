import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constant, defineProgram, float32, linear, tanh, type Value } from '@sentence-mtl/program';
import { expect, test } from 'vitest';
import type { OnnxModel } from '../model/onnx-model.ts';
import { readModel } from '../model/read-model.ts';
import { writeModel } from '../model/write-model.ts';
import { pythonWith } from '../onnx-checker.test.ts';
import { programModel } from '../program-model.ts';
import { runModel } from '../run-model.test.ts';
import { quantizeModel } from './quantize-model.ts';
import { numbers } from './reference-linear.test.ts';

const QUANTIZE = `
import sys
from onnxruntime.quantization import QuantType, quantize_dynamic
quantize_dynamic(sys.argv[1], sys.argv[2], op_types_to_quantize=["MatMul", "Gemm"], per_channel=True,
                 reduce_range=sys.argv[3] == "7", weight_type=QuantType.QInt8)
`;

const python = pythonWith('onnxruntime', "ONNX Runtime's quantizer");

function quantizedByPython(interpreter: string, model: OnnxModel, bits: number): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'python-quantizer-'));
  try {
    const [from, to] = [join(folder, 'model.onnx'), join(folder, 'quantized.onnx')];
    writeFileSync(from, writeModel(model));
    execFileSync(interpreter, ['-c', QUANTIZE, from, to, String(bits)], { stdio: ['ignore', 'ignore', 'pipe'] });
    return new Uint8Array(readFileSync(to));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const weight = (name: string, ...shape: readonly number[]): Value => constant(numbers(name, ...shape), name);

const network = programModel(
  defineProgram({ x: float32('batch', 24) }, ({ x }) => {
    const raised = tanh(linear(x, weight('up', 48, 24), weight('up.bias', 48)));
    return { y: linear(raised, weight('down', 16, 48), weight('down.bias', 16)) };
  }),
  { target: 'portable' },
);

const weightsOf = ({ initializers }: OnnxModel): readonly (readonly number[])[] =>
  initializers
    .filter(({ type, shape }) => type === 'int8' && shape.length === 2)
    .map(({ data }) => [...new Int8Array(data)]);

test.skipIf(python === undefined).each([7, 8] as const)(
  "with %i bits weights and results are those of ONNX Runtime's own quantizer",
  async (weightBits) => {
    const theirs = quantizedByPython(python ?? '', network, weightBits);
    const ours = quantizeModel(network, { weightBits }).model;
    const [expected, weights] = [weightsOf(readModel(theirs)), weightsOf(ours)];
    expect(expected.map(({ length }) => length)).toEqual([24 * 48, 48 * 16]);
    // Halves are rounded up here and to even there, and its scales are rounded otherwise: a step at most, and rarely.
    const steps = weights.flat().map((value, i) => Math.abs(value - (expected.flat()[i] ?? Infinity)));
    expect(Math.max(...steps)).toBeLessThanOrEqual(1);
    expect(steps.filter((step) => step > 0).length).toBeLessThan(steps.length / 100);
    const feeds = { x: numbers('x', 9, 24) };
    const [a, b] = [await runModel(theirs, feeds), await runModel(writeModel(ours), feeds)];
    expect(b['y']?.shape).toEqual([9, 16]);
    b['y']?.data.forEach((value, i) => expect(value).toBeCloseTo(a['y']?.data[i] ?? Number.NaN, 2));
  },
);
