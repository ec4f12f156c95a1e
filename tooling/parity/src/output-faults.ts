import type { Program } from '@sentence-mtl/program';
import { fromHostTensor, interpret } from '@sentence-mtl/reference-engine';
import type { Feeds } from './case-program.ts';
import { EXACT, firstDifference, type Tolerance } from './closeness.ts';

const inFloat64 = (program: Program, feeds: Feeds): ReturnType<ReturnType<typeof interpret>> =>
  interpret(program)(Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, fromHostTensor(tensor)])));

/** Where the outputs of a run differ from the float64 reference, a line each. */
export function outputFaults(program: Program, feeds: Feeds, outputs: Feeds, tolerance: Tolerance): string[] {
  return Object.entries(inFloat64(program, feeds)).flatMap(([name, expected]) => {
    const actual = outputs[name];
    if (actual === undefined) return [`${name} is missing`];
    if (actual.dtype !== expected.dtype || actual.shape.join() !== expected.shape.join()) {
      return [
        `${name} is ${actual.dtype} (${actual.shape.join()}) instead of ${expected.dtype} (${expected.shape.join()})`,
      ];
    }
    const fault = firstDifference(actual.data, expected.data, expected.dtype === 'float32' ? tolerance : EXACT);
    return fault === undefined ? [] : [`${name}: ${fault}`];
  });
}
