import type { HostTensor } from '@sentence-mtl/core';
import {
  bindFeeds,
  schedule,
  type Bindings,
  type Node,
  type NodeOf,
  type OperationName,
  type Program,
  type Value,
} from '@sentence-mtl/program';
import * as tf from '@tensorflow/tfjs-core';
import { tfjsForward } from './tfjs-forward.ts';

type Feeds = Readonly<Record<string, HostTensor>>;

function forwardOf<K extends keyof typeof tfjsForward & OperationName>(
  node: NodeOf<K>,
  operands: readonly tf.Tensor[],
  bindings: Bindings,
): tf.Tensor {
  return tfjsForward[node.op](operands, node.attributes, bindings);
}

const upload = ({ data, shape, dtype }: HostTensor): tf.Tensor => tf.tensor(data, [...shape], dtype);

/** Result 0 of the program's only output, computed where tfjs records what it does. */
function evaluate(program: Program, fed: ReadonlyMap<string, tf.Tensor>, bindings: Bindings): tf.Tensor {
  const results = new Map<Value, tf.Tensor>();
  const tensorOf = (value: Value | undefined): tf.Tensor => {
    const tensor = value === undefined ? undefined : results.get(value);
    if (tensor === undefined) throw new RangeError('tfjs computes result 0 of each operation only');
    return tensor;
  };
  const compute = (node: Node): tf.Tensor | undefined =>
    node.op === 'input'
      ? fed.get(node.attributes.name)
      : forwardOf(node as NodeOf<Exclude<OperationName, 'input'>>, node.inputs.map(tensorOf), bindings);
  for (const node of schedule(Object.values(program.outputs))) {
    const [value] = node.outputs;
    const tensor = compute(node);
    if (value !== undefined && tensor !== undefined) results.set(value, tensor);
  }
  return tensorOf(Object.values(program.outputs)[0]);
}

/** tfjs's own gradients of Σ value · cotangent with respect to some float32 inputs, in their order. */
export function tfjsGradients(
  program: Program,
  feeds: Feeds,
  cotangent: HostTensor,
  wrt: readonly string[],
): number[][] {
  const bindings = bindFeeds(program, feeds);
  return tf.tidy(() => {
    const fed = new Map(Object.entries(feeds).map(([name, tensor]) => [name, upload(tensor)]));
    const differentiate = tf.grads((...variables: tf.Tensor[]) => {
      const given = new Map(fed);
      for (const [i, name] of wrt.entries()) given.set(name, variables[i] ?? tf.scalar(NaN));
      const loss = tf.sum(tf.mul(evaluate(program, given, bindings), upload(cotangent)));
      // tfjs refuses to differentiate by what the loss does not depend on, where we give zeros.
      return variables.reduce((total, x) => tf.add(total, tf.sum(tf.mul(x, 0))), loss);
    });
    const at = wrt.flatMap((name) => fed.get(name) ?? []);
    return differentiate(at).map((gradient) => Array.from(gradient.dataSync()));
  });
}
