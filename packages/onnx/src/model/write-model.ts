import { MemoryLimitError } from '@sentence-mtl/core';
import { ProtobufWriter } from '../protobuf/protobuf-writer.ts';
import { ELEMENT_TYPE_NUMBERS } from './element-type.ts';
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
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, OnnxValue, UnreadAttribute } from './onnx-model.ts';

/** A protobuf message ends below 2 GiB. */
const MAXIMUM_BYTES = 2 ** 31 - 1;

type ReadAttribute = Exclude<OnnxAttribute, UnreadAttribute>;

function isUnread(value: OnnxAttribute): value is UnreadAttribute {
  return typeof value === 'object' && 'unread' in value;
}

function writeAttribute(writer: ProtobufWriter, name: string, value: ReadAttribute): void {
  writer.text(ATTRIBUTE.name, name);
  if (typeof value === 'number') {
    writer.integer(ATTRIBUTE.integer, value);
    writer.integer(ATTRIBUTE.kind, ATTRIBUTE_KIND.integer);
  } else if (typeof value === 'string') {
    writer.text(ATTRIBUTE.text, value);
    writer.integer(ATTRIBUTE.kind, ATTRIBUTE_KIND.text);
  } else if ('float' in value) {
    writer.float(ATTRIBUTE.float, value.float);
    writer.integer(ATTRIBUTE.kind, ATTRIBUTE_KIND.float);
  } else {
    for (const element of value) writer.integer(ATTRIBUTE.integers, element);
    writer.integer(ATTRIBUTE.kind, ATTRIBUTE_KIND.integers);
  }
}

function writeNode(writer: ProtobufWriter, node: OnnxNode): void {
  for (const name of node.inputs) writer.text(NODE.input, name);
  for (const name of node.outputs) writer.text(NODE.output, name);
  writer.text(NODE.name, node.name);
  writer.text(NODE.operator, node.operator);
  for (const [name, value] of Object.entries(node.attributes)) {
    if (isUnread(value)) writer.bytes(NODE.attribute, value.bytes);
    else writer.message(NODE.attribute, () => writeAttribute(writer, name, value));
  }
  if (node.domain !== '') writer.text(NODE.domain, node.domain);
}

function writeTensor(writer: ProtobufWriter, { name, type, shape, data }: OnnxTensor): void {
  writer.packedIntegers(TENSOR.shape, shape);
  writer.integer(TENSOR.type, ELEMENT_TYPE_NUMBERS[type]);
  writer.text(TENSOR.name, name);
  writer.bytes(TENSOR.data, data);
}

function writeDimension(writer: ProtobufWriter, size: number | string): void {
  if (typeof size === 'number') writer.integer(DIMENSION.size, size);
  else writer.text(DIMENSION.name, size);
}

function writeValue(writer: ProtobufWriter, { name, type, shape }: OnnxValue): void {
  writer.text(VALUE.name, name);
  writer.message(VALUE.type, () => {
    writer.message(TYPE.tensor, () => {
      writer.integer(TENSOR_TYPE.elementType, ELEMENT_TYPE_NUMBERS[type]);
      writer.message(TENSOR_TYPE.shape, () => {
        for (const size of shape) writer.message(SHAPE.dimension, () => writeDimension(writer, size));
      });
    });
  });
}

function writeGraph(writer: ProtobufWriter, { nodes, initializers, inputs, outputs }: OnnxModel): void {
  for (const node of nodes) writer.message(GRAPH.node, () => writeNode(writer, node));
  writer.text(GRAPH.name, 'program');
  for (const tensor of initializers) {
    if (tensor.unread !== undefined) writer.bytes(GRAPH.initializer, tensor.unread);
    else writer.message(GRAPH.initializer, () => writeTensor(writer, tensor));
  }
  for (const value of inputs) writer.message(GRAPH.input, () => writeValue(writer, value));
  for (const value of outputs) writer.message(GRAPH.output, () => writeValue(writer, value));
}

function written(model: OnnxModel): ProtobufWriter {
  const writer = new ProtobufWriter();
  writer.integer(MODEL.irVersion, model.irVersion);
  writer.text(MODEL.producer, model.producer);
  writer.message(MODEL.graph, () => writeGraph(writer, model));
  for (const [key, value] of model.metadata) {
    writer.message(MODEL.metadata, () => {
      writer.text(ENTRY.key, key);
      writer.text(ENTRY.value, value);
    });
  }
  // A model without operator sets is not valid: as they come last, no file cut off anywhere is.
  for (const [domain, version] of model.opsets) {
    writer.message(MODEL.opset, () => {
      writer.text(OPSET.domain, domain);
      writer.integer(OPSET.version, version);
    });
  }
  if (writer.size > MAXIMUM_BYTES) {
    throw new MemoryLimitError(
      `the model takes ${writer.size} bytes; one ONNX file holds at most ${MAXIMUM_BYTES}. ` +
        'Leave some weights as inputs of the program, or store them in fewer bytes',
    );
  }
  return writer;
}

/**
 * A model as the bytes of an ONNX file (onnx.proto3 of the ONNX project).
 *
 * @throws MemoryLimitError when the file would pass protobuf's limit of 2 GiB
 */
export function writeModel(model: OnnxModel): Uint8Array<ArrayBuffer> {
  return written(model).finish();
}

/**
 * The same bytes in parts that follow each other. Weights are those of the model, not copies: a file is written with
 * no more memory than they take already.
 *
 * @throws MemoryLimitError when the file would pass protobuf's limit of 2 GiB
 */
export function modelParts(model: OnnxModel): readonly Uint8Array[] {
  return written(model).parts();
}
