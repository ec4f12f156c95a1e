import { float32Tensor, Random, type HostTensor } from '@sentence-mtl/core';
import {
  bindShape,
  defineProgram,
  float32,
  gradient,
  mul,
  sum,
  type Bindings,
  type InputTypes,
  type Program,
  type Value,
} from '@sentence-mtl/program';
import type { OperationCase } from './operation-case.ts';

/** Names that no case gives to an input. */
const COTANGENT = 'cotangent';
const VALUE = 'value';

/** The output that holds the gradient of an input. */
export const gradientName = (input: string): string => `gradient ${input}`;

export type Feeds = Readonly<Record<string, HostTensor>>;

/** A case as programs: its value alone, and its value with the gradient of Σ value · cotangent. */
export interface CaseProgram {
  readonly forward: Program;
  /** The forward program again where nothing is differentiated. */
  readonly program: Program;
  /** The float32 inputs whose gradients are outputs. */
  readonly differentiated: readonly string[];
  readonly feeds: (bindings: Bindings) => Feeds;
}

function differentiatedInputs(testCase: OperationCase, value: Value): readonly string[] {
  if (value.dtype !== 'float32' || testCase.forwardOnly !== undefined) return [];
  return Object.entries(testCase.inputs).flatMap(([name, { dtype }]) => (dtype === 'float32' ? [name] : []));
}

function withGradients(testCase: OperationCase, inputs: InputTypes, value: Value, names: readonly string[]): Program {
  const declared: InputTypes = { ...inputs, [COTANGENT]: float32(...value.shape) };
  return defineProgram(declared, (values) => {
    const result = testCase.build(values);
    const cotangent = values[COTANGENT];
    if (cotangent === undefined) throw new RangeError('the cotangent is declared above');
    const wanted = names.flatMap((name) => values[name] ?? []);
    const gradients = gradient(sum(mul(result, cotangent)) as Value<'float32'>, wanted);
    return {
      [VALUE]: result,
      ...Object.fromEntries(names.map((name, i) => [gradientName(name), gradients[i] ?? result])),
    };
  });
}

function drawCotangent(shape: readonly number[], ones: boolean, random: Random): HostTensor {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(1);
  if (!ones) random.fillNormal(data);
  return float32Tensor(data, shape);
}

/** Builds a case. Feeds depend on its name and sizes alone. */
export function caseProgram(testCase: OperationCase): CaseProgram {
  const inputs: InputTypes = Object.fromEntries(
    Object.entries(testCase.inputs).map(([name, { dtype, shape }]) => [name, { dtype, shape }]),
  );
  const forward = defineProgram(inputs, (values) => ({ [VALUE]: testCase.build(values) }));
  const value = forward.outputs[VALUE];
  if (value === undefined) throw new RangeError('the value is defined above');
  const differentiated = differentiatedInputs(testCase, value);
  const feeds = (bindings: Bindings): Feeds => {
    const random = Random.of(1).split(testCase.name, JSON.stringify(bindings));
    const drawn = Object.entries(testCase.inputs).map(([name, { shape, draw }]) => [
      name,
      draw(bindShape(shape, bindings), random.split(name)),
    ]);
    if (differentiated.length > 0) {
      const ones = testCase.known !== undefined;
      drawn.push([COTANGENT, drawCotangent(bindShape(value.shape, bindings), ones, random.split(COTANGENT))]);
    }
    return Object.fromEntries(drawn) as Feeds;
  };
  const program = differentiated.length === 0 ? forward : withGradients(testCase, inputs, value, differentiated);
  return { forward, program, differentiated, feeds };
}
