import type { Engine, OperationName, Program } from '@sentence-mtl/program';
import type { HostTensor } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { fromHostTensor, interpret } from '@sentence-mtl/reference-engine';
import { largestEntry } from './closeness.ts';
import type { RecordedResult } from './operations/operation-case.ts';

/** An engine as the recorded numbers see it. */
export interface TestedEngine {
  readonly name: string;
  run(program: Program, feeds: Readonly<Record<string, HostTensor>>): Promise<Record<string, ArrayLike<number>>>;
  /** A recorded float64 as the engine can hold it. */
  round(recorded: number): number;
  /** The difference allowed to each entry of a recorded result of an operation. */
  operationTolerance(op: OperationName, result: RecordedResult): number;
  dispose(): Promise<void>;
}

/** Gradient rules with irrational factors, which are constants of the program and so are rounded to float32. */
const ROUNDED_FACTORS: ReadonlySet<OperationName> = new Set<OperationName>(['erf', 'gelu']);

/** The reference engine's float64, before it rounds its outputs. */
export const reference: TestedEngine = {
  name: 'reference float64',
  async run(program, feeds) {
    const tensors = Object.entries(feeds).map(([name, tensor]) => [name, fromHostTensor(tensor)]);
    const outputs = interpret(program)(Object.fromEntries(tensors));
    return Promise.resolve(Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data])));
  },
  round: (recorded) => recorded,
  operationTolerance: (op, { data }) => (ROUNDED_FACTORS.has(op) ? 2e-7 : 1e-9) * largestEntry(data) + 1e-12,
  dispose: async () => Promise.resolve(),
};

/** An engine of float32: 1e-5 of a tensor's largest entry, beyond what PyTorch's own float32 loses. */
export function float32Engine(engine: Engine): TestedEngine {
  return {
    name: engine.name,
    async run(program, feeds) {
      const executable = await engine.compile(program);
      const outputs = await executable.run(feeds);
      await executable.dispose();
      return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data]));
    },
    round: Math.fround,
    operationTolerance: (_op, { data, float32Difference = 0 }) => 1e-5 * largestEntry(data) + 2 * float32Difference,
    dispose: async () => engine.dispose(),
  };
}

/** Every engine the recorded numbers are compared on. */
export const testedEngines: readonly TestedEngine[] = [
  reference,
  float32Engine(await onnxruntimeEngine({ threads: 1 })),
];
