import { bytesOf, floatOf, integerOf, integersOf, readFields, textOf, type Field } from '../protobuf/fields.ts';
import { elementTypeOf, type ElementType } from './element-type.ts';
import {
  ATTRIBUTE,
  ATTRIBUTE_KIND,
  DIMENSION,
  ENTRY,
  GRAPH,
  MODEL,
  NODE,
  OPSET,
  SHAPE,
  TENSOR,
  TENSOR_TYPE,
  TYPE,
  VALUE,
} from './field-numbers.ts';
import { ModelFormatError } from './model-format-error.ts';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './onnx-model.ts';

/** The fields of a message by their number, in their order. */
class Fields {
  readonly #byNumber = new Map<number, Field[]>();

  constructor(bytes: Uint8Array) {
    for (const field of readFields(bytes)) {
      const known = this.#byNumber.get(field.number);
      if (known === undefined) this.#byNumber.set(field.number, [field]);
      else known.push(field);
    }
  }

  all(number: number): readonly Field[] {
    return this.#byNumber.get(number) ?? [];
  }

  /** Of a field that is not repeated the last one counts. */
  last(number: number): Field | undefined {
    return this.all(number).at(-1);
  }

  messages(number: number): Fields[] {
    return this.all(number).map((field) => new Fields(bytesOf(field)));
  }

  text(number: number): string {
    const field = this.last(number);
    return field === undefined ? '' : textOf(field);
  }

  integer(number: number): number {
    const field = this.last(number);
    return field === undefined ? 0 : integerOf(field);
  }

  integers(number: number): number[] {
    return this.all(number).flatMap(integersOf);
  }

  /** A field's message; an empty one where the field is absent. */
  message(number: number): Fields {
    const field = this.last(number);
    return new Fields(field === undefined ? new Uint8Array() : bytesOf(field));
  }
}

function readElementType(number: number, name: string): ElementType {
  const type = elementTypeOf(number);
  if (type !== undefined) return type;
  throw new ModelFormatError(`"${name}" has elements of the type number ${number}, which is not known here`);
}

function readAttribute(bytes: Uint8Array): readonly [name: string, value: OnnxAttribute] {
  const fields = new Fields(bytes);
  return [fields.text(ATTRIBUTE.name), attributeValue(fields, bytes)];
}

function attributeValue(fields: Fields, bytes: Uint8Array): OnnxAttribute {
  const kind = fields.integer(ATTRIBUTE.kind);
  switch (kind) {
    case ATTRIBUTE_KIND.float: {
      const field = fields.last(ATTRIBUTE.float);
      return { float: field === undefined ? 0 : floatOf(field) };
    }
    case ATTRIBUTE_KIND.integer:
      return fields.integer(ATTRIBUTE.integer);
    case ATTRIBUTE_KIND.text:
      return fields.text(ATTRIBUTE.text);
    case ATTRIBUTE_KIND.integers:
      return fields.integers(ATTRIBUTE.integers);
    default:
      return { unread: kind, bytes };
  }
}

function readNode(fields: Fields): OnnxNode {
  return {
    name: fields.text(NODE.name),
    domain: fields.text(NODE.domain),
    operator: fields.text(NODE.operator),
    inputs: fields.all(NODE.input).map(textOf),
    outputs: fields.all(NODE.output).map(textOf),
    attributes: Object.fromEntries(fields.all(NODE.attribute).map((field) => readAttribute(bytesOf(field)))),
  };
}

function readTensor(bytes: Uint8Array): OnnxTensor {
  const fields = new Fields(bytes);
  const name = fields.text(TENSOR.name);
  const data = fields.last(TENSOR.data);
  return {
    name,
    type: readElementType(fields.integer(TENSOR.type), name),
    shape: fields.integers(TENSOR.shape),
    ...(data === undefined ? { data: new Uint8Array(), unread: bytes } : { data: bytesOf(data) }),
  };
}

function readValue(fields: Fields): OnnxValue {
  const name = fields.text(VALUE.name);
  const tensor = fields.message(VALUE.type).message(TYPE.tensor);
  const dimensions = tensor.message(TENSOR_TYPE.shape).messages(SHAPE.dimension);
  return {
    name,
    type: readElementType(tensor.integer(TENSOR_TYPE.elementType), name),
    shape: dimensions.map((size) =>
      size.last(DIMENSION.size) === undefined ? size.text(DIMENSION.name) : size.integer(DIMENSION.size),
    ),
  };
}

/**
 * What an ONNX file holds, as plain data: names, types and shapes of inputs, outputs and weights, operators, operator
 * sets and metadata. The elements of weights are views of the bytes, not copies. A size without a name is `''`;
 * in models of others the inputs may repeat weights, and elements kept in typed fields or other files are not read, nor
 * are attributes that are tensors or subgraphs: `writeModel` writes these again as they stood.
 *
 * @throws ModelFormatError when the bytes are cut off, no ONNX model, or hold element types not known here
 */
export function readModel(bytes: Uint8Array): OnnxModel {
  const model = new Fields(bytes);
  const graphField = model.last(MODEL.graph);
  if (graphField === undefined || model.last(MODEL.opset) === undefined) {
    const missing = graphField === undefined ? 'graph' : 'version of an operator set';
    throw new ModelFormatError(`the ${bytes.length} bytes are no ONNX model, or one cut off: they hold no ${missing}`);
  }
  const graph = new Fields(bytesOf(graphField));
  return {
    irVersion: model.integer(MODEL.irVersion),
    producer: model.text(MODEL.producer),
    opsets: new Map(model.messages(MODEL.opset).map((set) => [set.text(OPSET.domain), set.integer(OPSET.version)])),
    metadata: new Map(model.messages(MODEL.metadata).map((entry) => [entry.text(ENTRY.key), entry.text(ENTRY.value)])),
    inputs: graph.messages(GRAPH.input).map(readValue),
    outputs: graph.messages(GRAPH.output).map(readValue),
    initializers: graph.all(GRAPH.initializer).map((field) => readTensor(bytesOf(field))),
    nodes: graph.messages(GRAPH.node).map(readNode),
  };
}
