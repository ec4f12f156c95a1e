import { ArgumentError, type DType } from '@sentence-mtl/core';
import { ELEMENT_TYPE_NUMBERS, type ElementType } from '../model/element-type.ts';
import type { OnnxModel, OnnxNode, OnnxValue } from '../model/onnx-model.ts';

/** An input or output of a graph whose elements are of a type that host tensors have. */
export interface HostValue extends OnnxValue {
  readonly type: DType;
}

/** A model that takes and gives host tensors. */
export interface HostModel extends OnnxModel {
  readonly inputs: readonly HostValue[];
  readonly outputs: readonly HostValue[];
}

/** The type of a host tensor that stands for one of a file. */
const HOST_TYPES: Readonly<Partial<Record<ElementType, DType>>> = {
  float32: 'float32',
  float16: 'float32',
  float64: 'float32',
  int32: 'int32',
  int64: 'int32',
  bool: 'bool',
};

function hostValue({ name, type, shape }: OnnxValue): HostValue {
  const hostType = HOST_TYPES[type];
  if (hostType !== undefined) return { name, type: hostType, shape };
  throw new ArgumentError(`"${name}" of the graph is ${type}, which no tensor here is`);
}

/** Every name that a value of a graph has. */
function valueNames({ inputs, initializers, nodes }: OnnxModel): ReadonlySet<string> {
  return new Set([...inputs, ...initializers].map(({ name }) => name).concat(nodes.flatMap(({ outputs }) => outputs)));
}

/** The name of a value inside the graph: another one, which none has, where it is of another type than outside. */
function innerName({ name, type }: OnnxValue, taken: ReadonlySet<string>): string {
  if (HOST_TYPES[type] === type) return name;
  let inner = `${name}_${type}`;
  while (taken.has(inner)) inner += '_';
  return inner;
}

function cast(from: string, into: string, type: ElementType): OnnxNode {
  return {
    name: `${into}.Cast`,
    domain: '',
    operator: 'Cast',
    inputs: [from],
    outputs: [into],
    attributes: { to: ELEMENT_TYPE_NUMBERS[type] },
  };
}

/**
 * A model that takes int32 in place of int64 and float32 in place of float16, and gives them likewise: casts stand
 * behind its inputs and in front of its outputs. Inputs that repeat weights are left out.
 *
 * @throws ArgumentError where an input or output is of a type that no host tensor stands for
 */
export function withHostTypes(model: OnnxModel): HostModel {
  const stored = new Set(model.initializers.map(({ name }) => name));
  const given = model.inputs.filter(({ name }) => !stored.has(name));
  const taken = valueNames(model);
  const inner = new Map([...given, ...model.outputs].map((value) => [value.name, innerName(value, taken)]));
  const rename = (name: string): string => inner.get(name) ?? name;
  const isCast = (value: OnnxValue): boolean => rename(value.name) !== value.name;
  const before = given.filter(isCast).map((value) => cast(value.name, rename(value.name), value.type));
  const nodes = model.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
  }));
  const outputs = model.outputs.map(hostValue);
  const after = outputs.filter(isCast).map(({ name, type }) => cast(rename(name), name, type));
  return { ...model, inputs: given.map(hostValue), outputs, nodes: [...before, ...nodes, ...after] };
}
