import { ProgramError, type HostTensor } from '@sentence-mtl/core';
import { bindFeeds, schedule, type NodeOf, type OperationName, type Program, type Value } from '@sentence-mtl/program';
import type { RunContext } from './evaluator.ts';
import { evaluators } from './evaluators/evaluators.ts';
import { toHostTensor, type ReferenceTensor } from './reference-tensor.ts';

type Tensors = Readonly<Record<string, ReferenceTensor>>;
type AnyProgram = Pick<Program, 'inputs' | 'outputs'>;

function evaluateNode<K extends OperationName>(
  node: NodeOf<K>,
  operands: readonly ReferenceTensor[],
  context: RunContext,
): readonly ReferenceTensor[] {
  return evaluators[node.op](operands, node.attributes, context);
}

function resultOf(results: ReadonlyMap<Value, ReferenceTensor>, value: Value): ReferenceTensor {
  const tensor = results.get(value);
  if (tensor === undefined) throw new ProgramError(`result ${value.index} of ${value.node.op} was not computed`);
  return tensor;
}

const hostTensors = (feeds: Tensors): Record<string, HostTensor> =>
  Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, toHostTensor(tensor)]));

/**
 * A program as a plain function of float64 tensors.
 *
 * @throws FeedError from the function, as engines do
 */
export function interpret(program: AnyProgram): (feeds: Tensors) => Record<string, ReferenceTensor> {
  const order = schedule(Object.values(program.outputs));
  return (feeds) => {
    const context = { feeds, bindings: bindFeeds(program, hostTensors(feeds)) };
    const results = new Map<Value, ReferenceTensor>();
    for (const node of order) {
      const operands = node.inputs.map((x) => resultOf(results, x));
      const tensors = evaluateNode(node, operands, context);
      for (const [index, value] of node.outputs.entries()) {
        const tensor = tensors[index];
        if (tensor !== undefined) results.set(value, tensor);
      }
    }
    return Object.fromEntries(Object.entries(program.outputs).map(([name, value]) => [name, resultOf(results, value)]));
  };
}
