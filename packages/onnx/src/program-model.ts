import { ArgumentError, ProgramError } from '@sentence-mtl/core';
import { schedule, type Node, type NodeOf, type OperationName, type Program, type Value } from '@sentence-mtl/program';
import { GraphBuilder } from './graph/graph-builder.ts';
import { nameOutputs } from './graph/name-outputs.ts';
import { pruneGraph } from './graph/prune.ts';
import { CONTRIBUTED, TARGET_VERSIONS, type OnnxTarget } from './graph/target.ts';
import { lowerings } from './lowerings/lowerings.ts';
import { nameAt, type Emitter } from './lowerings/lowering.ts';
import { ELEMENT_TYPE_NUMBERS } from './model/element-type.ts';
import type { OnnxModel, OnnxNode, OnnxValue } from './model/onnx-model.ts';

export interface OnnxOptions {
  readonly target: OnnxTarget;
  /**
   * All names of outputs in the order in which the graph lists and computes them; by default that of the program.
   * ONNX Runtime computes what an earlier output needs first and keeps the rest waiting: with gradients in the
   * reverse of the order of their parameters, each is done as soon as what it is made of exists, and a training step
   * takes up to 6 % less memory.
   */
  readonly outputOrder?: readonly string[];
  /** Texts stored in the file (`metadata_props`). */
  readonly metadata?: Readonly<Record<string, string>>;
  /** How inputs of integers are declared; int64, which most exporters use, is cast inside. Default `int32`. */
  readonly integerInputs?: 'int32' | 'int64';
}

function orderedOutputs(program: Program, order: readonly string[] | undefined): [name: string, value: Value][] {
  const { outputs } = program;
  const names = Object.keys(outputs);
  const wanted = order ?? names;
  if (wanted.length !== names.length || new Set(wanted).size !== names.length) {
    throw new ArgumentError(
      `outputOrder has ${wanted.length} names; it lists each of the ${names.length} outputs once`,
    );
  }
  return wanted.map((name) => {
    const value = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
    if (value === undefined) throw new ArgumentError(`outputOrder has "${name}"; outputs are ${names.join(', ')}`);
    return [name, value];
  });
}

/** The names that the program gives: ONNX has one space of names for inputs, weights and outputs. */
function checkedNames(program: Program, order: readonly Node[]): Set<string> {
  const owners = new Map<string, string>();
  const claim = (name: string, owner: string): void => {
    const other = owners.get(name);
    if (other !== undefined) {
      throw new ProgramError(`"${name}" is the name of ${other} and of ${owner}; a name stands once in an ONNX graph`);
    }
    owners.set(name, owner);
  };
  for (const name of Object.keys(program.inputs)) claim(name, 'an input');
  const weights = new Map<string, unknown>();
  for (const node of order) {
    if (node.op !== 'constant' || node.attributes.name === undefined) continue;
    const { name, tensor } = node.attributes;
    if (weights.get(name) !== tensor) claim(name, 'a weight');
    weights.set(name, tensor);
  }
  for (const name of Object.keys(program.outputs)) claim(name, 'an output');
  return new Set(owners.keys());
}

function declareInputs(program: Program, integerInputs: 'int32' | 'int64'): OnnxValue[] {
  return Object.entries(program.inputs).map(([name, { dtype, shape }]) => ({
    name,
    type: dtype === 'int32' ? integerInputs : dtype,
    shape,
  }));
}

function lowerNode<K extends OperationName>(
  emitter: Emitter,
  names: readonly string[],
  node: NodeOf<K>,
): readonly string[] {
  const results = lowerings[node.op](emitter, names, node);
  return typeof results === 'string' ? [results] : results;
}

/** Lowers the nodes in their order and returns the name of each value. */
function lowerNodes(
  graph: GraphBuilder,
  order: readonly Node[],
  used: ReadonlySet<Value>,
  castInputs: boolean,
): Map<Value, string> {
  const names = new Map<Value, string>();
  const emitter: Emitter = { graph, isUsed: (value) => used.has(value) };
  for (const node of order) {
    const operands = node.inputs.map((x) => names.get(x) ?? '');
    const results = lowerNode(emitter, operands, node);
    for (const [index, value] of node.outputs.entries()) {
      const name = results[index];
      if (name !== undefined) names.set(value, name);
    }
    const [value] = node.outputs;
    if (castInputs && node.op === 'input' && value?.dtype === 'int32') {
      names.set(value, graph.operation('Cast', [nameAt(results, 0)], { to: ELEMENT_TYPE_NUMBERS.int32 }));
    }
  }
  return names;
}

function opsetsOf(target: OnnxTarget, nodes: readonly OnnxNode[]): ReadonlyMap<string, number> {
  const opsets = new Map([['', TARGET_VERSIONS[target].opset]]);
  if (nodes.some(({ domain }) => domain === CONTRIBUTED)) opsets.set(CONTRIBUTED, 1);
  return opsets;
}

/**
 * A program as an ONNX model, plain data that passes rewrite and `writeModel` makes a file of. Inputs, outputs and
 * weights keep their names; axes that are no integer are dynamic and bear the name of their size; equal nodes are
 * merged and dead ones left out. Weights are the program's own tensors, not copies.
 *
 * @throws ProgramError when a name stands twice, a size follows from no input, or an operation is not for the target
 */
export function programModel(program: Program, options: OnnxOptions): OnnxModel {
  const { target, integerInputs = 'int32', metadata = {} } = options;
  const outputs = orderedOutputs(program, options.outputOrder);
  const values = outputs.map(([, value]) => value);
  const order = schedule(values);
  const used = new Set([...values, ...order.flatMap((node) => node.inputs)]);
  const inputs = declareInputs(program, integerInputs);
  const graph = new GraphBuilder(target, inputs, checkedNames(program, order));
  const names = lowerNodes(graph, order, used, integerInputs === 'int64');
  const named = outputs.map(([name, value]) => [name, names.get(value) ?? name] as const);
  const body = pruneGraph(
    graph,
    named.map(([, name]) => name),
  );
  return {
    irVersion: TARGET_VERSIONS[target].irVersion,
    producer: 'sentence-mtl',
    opsets: opsetsOf(target, body.nodes),
    metadata: new Map(Object.entries(metadata)),
    inputs,
    outputs: outputs.map(([name, { dtype, shape }]) => ({ name, type: dtype, shape })),
    initializers: body.initializers,
    nodes: nameOutputs(body.nodes, named),
  };
}
