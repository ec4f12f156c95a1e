import type { OperationName, Value } from '@sentence-mtl/program';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { ELEMENT_TYPE_NUMBERS, type ElementType } from '../model/element-type.ts';
import { nameAt, valueAt, type Lowering, type LoweringTable } from './lowering.ts';

/** An operation that one operator of the standard set computes. */
const operator =
  <K extends OperationName>(name: string): Lowering<K> =>
  ({ graph }, names) =>
    graph.operation(name, names);

const emitCast = (graph: GraphBuilder, name: string, type: ElementType): string =>
  graph.operation('Cast', [name], { to: ELEMENT_TYPE_NUMBERS[type] });

/**
 * max(x, 0) + log(1 + t) with t = e^−|x|, where runtimes differ in how they compute the operator Softplus: many round
 * 1 + t, which loses all of a small t. ONNX has no log1p, but log(1 + t) is 2·atanh(t / (2 + t)).
 */
function emitSoftplus(graph: GraphBuilder, x: string): string {
  const small = graph.operation('Exp', [graph.operation('Neg', [graph.operation('Abs', [x])])]);
  const ratio = graph.operation('Div', [small, graph.operation('Add', [small, graph.float(2)])]);
  const logarithm = graph.operation('Mul', [graph.operation('Atanh', [ratio]), graph.float(2)]);
  return graph.operation('Add', [graph.operation('Relu', [x]), logarithm]);
}

/**
 * x · ½ · (1 + erf(x / √2)): the operator Gelu came with opset 20. With the quotient, and not a product with √½, it is
 * what ONNX Runtime's optimizer makes one kernel of.
 */
function emitExactGelu(graph: GraphBuilder, x: string): string {
  const erf = graph.operation('Erf', [graph.operation('Div', [x, graph.float(Math.SQRT2)])]);
  const twice = graph.operation('Mul', [x, graph.operation('Add', [erf, graph.float(1)])]);
  return graph.operation('Mul', [twice, graph.float(0.5)]);
}

/** x · ½ · (1 + tanh(√(2/π) · (x + 0.044715·x³))). */
function emitTanhGelu(graph: GraphBuilder, x: string): string {
  const cubic = graph.operation('Mul', [graph.operation('Mul', [x, x]), graph.float(0.044715)]);
  const polynomial = graph.operation('Mul', [x, graph.operation('Add', [cubic, graph.float(1)])]);
  const inner = graph.operation('Mul', [polynomial, graph.float(Math.sqrt(2 / Math.PI))]);
  const outer = graph.operation('Add', [graph.operation('Tanh', [inner]), graph.float(1)]);
  return graph.operation('Mul', [graph.operation('Mul', [x, outer]), graph.float(0.5)]);
}

export const unaryLowerings: Pick<
  LoweringTable,
  | 'neg'
  | 'abs'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'erf'
  | 'tanh'
  | 'sigmoid'
  | 'softplus'
  | 'relu'
  | 'gelu'
  | 'clip'
  | 'pow'
  | 'cast'
  | 'stopGradient'
  | 'logicalNot'
> = {
  neg: operator('Neg'),
  abs: operator('Abs'),
  exp: operator('Exp'),
  log: operator('Log'),
  sqrt: operator('Sqrt'),
  erf: operator('Erf'),
  tanh: operator('Tanh'),
  sigmoid: operator('Sigmoid'),
  softplus({ graph }, names) {
    return graph.target === 'runtime' ? graph.operation('Softplus', names) : emitSoftplus(graph, nameAt(names, 0));
  },
  relu: operator('Relu'),
  gelu({ graph }, names, { attributes: { approximate } }) {
    if (graph.opset >= 20) return graph.operation('Gelu', names, { approximate });
    return approximate === 'tanh' ? emitTanhGelu(graph, nameAt(names, 0)) : emitExactGelu(graph, nameAt(names, 0));
  },
  clip: ({ graph }, names, { attributes: { minimum, maximum } }) =>
    graph.operation('Clip', [nameAt(names, 0), graph.float(minimum), graph.float(maximum)]),
  pow: ({ graph }, names, { attributes: { exponent } }) =>
    graph.operation('Pow', [nameAt(names, 0), graph.float(exponent)]),
  cast: ({ graph }, names, { attributes: { dtype } }) => emitCast(graph, nameAt(names, 0), dtype),
  stopGradient: (_emitter, names) => nameAt(names, 0),
  logicalNot: operator('Not'),
};

/** The number of a float32 constant of shape (), if it is one. */
function floatConstant({ node, shape }: Value): number | undefined {
  if (node.op !== 'constant' || shape.length > 0) return undefined;
  const { tensor } = node.attributes;
  return tensor.dtype === 'float32' ? tensor.data[0] : undefined;
}

/**
 * A choice between 0 and a positive constant is a product with the condition, which is exact: ONNX Runtime's Where
 * takes three passes over its result, and the choice of a dropout mask 9 ms in place of 4 for 3 million elements.
 */
function emitConstantWhere(graph: GraphBuilder, condition: string, a: number, b: number): string | undefined {
  const level = a + b;
  if (!(level > 0 && level < Infinity) || (a !== 0 && b !== 0)) return undefined;
  const chosen = a === 0 ? graph.operation('Not', [condition]) : condition;
  const ones = emitCast(graph, chosen, 'float32');
  return level === 1 ? ones : graph.operation('Mul', [ones, graph.float(level)]);
}

/** Where of ONNX Runtime has no kernel for bool: (c and a) or (not c and b). */
function emitBoolWhere(graph: GraphBuilder, condition: string, a: string, b: string): string {
  const chosen = graph.operation('And', [condition, a]);
  const other = graph.operation('And', [graph.operation('Not', [condition]), b]);
  return graph.operation('Or', [chosen, other]);
}

export const binaryLowerings: Pick<
  LoweringTable,
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'maximum'
  | 'minimum'
  | 'equal'
  | 'less'
  | 'lessEqual'
  | 'logicalAnd'
  | 'logicalOr'
  | 'where'
> = {
  add: operator('Add'),
  sub: operator('Sub'),
  mul: operator('Mul'),
  div: operator('Div'),
  maximum: operator('Max'),
  minimum: operator('Min'),
  equal: operator('Equal'),
  less: operator('Less'),
  lessEqual: operator('LessOrEqual'),
  logicalAnd: operator('And'),
  logicalOr: operator('Or'),
  where({ graph }, names, { inputs, outputs }) {
    const condition = nameAt(names, 0);
    if (valueAt(outputs, 0).dtype === 'bool')
      return emitBoolWhere(graph, condition, nameAt(names, 1), nameAt(names, 2));
    const [a, b] = [floatConstant(valueAt(inputs, 1)), floatConstant(valueAt(inputs, 2))];
    const product = a === undefined || b === undefined ? undefined : emitConstantWhere(graph, condition, a, b);
    return product ?? graph.operation('Where', names);
  },
};
