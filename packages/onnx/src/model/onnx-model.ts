import type { ElementType } from './element-type.ts';

/** An input or output of a graph: each size is an integer or the name of a dynamic axis. */
export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

/** A tensor stored in a model. */
export interface OnnxTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Row-major, little-endian; empty where a model that is read keeps its elements elsewhere. */
  readonly data: Uint8Array;
  /** The whole tensor as it stood in a model that keeps its elements elsewhere, in typed fields or other files. */
  readonly unread?: Uint8Array;
}

/** A float attribute, which a number alone cannot be told apart from an integer. */
export interface FloatAttribute {
  readonly float: number;
}

/** An attribute of a kind that is not read: a tensor or a subgraph, say. */
export interface UnreadAttribute {
  /** The number of its kind in `AttributeProto.AttributeType`. */
  readonly unread: number;
  /** The attribute as it stood in the model, which is written again. */
  readonly bytes: Uint8Array;
}

/** The value of an attribute. Plain numbers are integers. */
export type OnnxAttribute = number | string | readonly number[] | FloatAttribute | UnreadAttribute;

export type OnnxAttributes = Readonly<Record<string, OnnxAttribute>>;

/** An operator applied to named values; an input named `''` is an optional one left out. */
export interface OnnxNode {
  readonly name: string;
  /** `''` is the standard set of operators. */
  readonly domain: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: OnnxAttributes;
}

/** A model as plain data. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly producer: string;
  /** The version of each operator set; the standard one is `''`. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly metadata: ReadonlyMap<string, string>;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly initializers: readonly OnnxTensor[];
  readonly nodes: readonly OnnxNode[];
}
