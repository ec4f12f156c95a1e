import { ArgumentError, MemoryLimitError } from '@sentence-mtl/core';
import {
  bytesField,
  floatField,
  integerField,
  joinMessage,
  message,
  messageField,
  packedIntegersField,
  stringField,
  type Message,
} from '../protobuf/message.ts';
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
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './onnx-model.ts';

/** A protobuf message ends below 2 GiB. */
const MAXIMUM_BYTES = 2 ** 31 - 1;

function attributeValue(name: string, value: OnnxAttribute): readonly Message[] {
  const kind = (number: number): Message => integerField(ATTRIBUTE.kind, number);
  if (typeof value === 'number') return [integerField(ATTRIBUTE.integer, value), kind(ATTRIBUTE_KIND.integer)];
  if (typeof value === 'string') return [stringField(ATTRIBUTE.text, value), kind(ATTRIBUTE_KIND.text)];
  if ('float' in value) return [floatField(ATTRIBUTE.float, value.float), kind(ATTRIBUTE_KIND.float)];
  if ('unread' in value) throw new ArgumentError(`attribute "${name}" was not read and cannot be written`);
  return [...value.map((element) => integerField(ATTRIBUTE.integers, element)), kind(ATTRIBUTE_KIND.integers)];
}

function writeNode(node: OnnxNode): Message {
  return message([
    ...node.inputs.map((name) => stringField(NODE.input, name)),
    ...node.outputs.map((name) => stringField(NODE.output, name)),
    stringField(NODE.name, node.name),
    stringField(NODE.operator, node.operator),
    ...Object.entries(node.attributes).map(([name, value]) =>
      messageField(NODE.attribute, message([stringField(ATTRIBUTE.name, name), ...attributeValue(name, value)])),
    ),
    ...(node.domain === '' ? [] : [stringField(NODE.domain, node.domain)]),
  ]);
}

function writeTensor({ name, type, shape, data }: OnnxTensor): Message {
  return message([
    packedIntegersField(TENSOR.shape, shape),
    integerField(TENSOR.type, ELEMENT_TYPE_NUMBERS[type]),
    stringField(TENSOR.name, name),
    bytesField(TENSOR.data, data),
  ]);
}

function writeValue({ name, type, shape }: OnnxValue): Message {
  const dimensions = shape.map((size) =>
    messageField(
      SHAPE.dimension,
      typeof size === 'number' ? integerField(DIMENSION.size, size) : stringField(DIMENSION.name, size),
    ),
  );
  const tensorType = message([
    integerField(TENSOR_TYPE.elementType, ELEMENT_TYPE_NUMBERS[type]),
    messageField(TENSOR_TYPE.shape, message(dimensions)),
  ]);
  return message([stringField(VALUE.name, name), messageField(VALUE.type, messageField(TYPE.tensor, tensorType))]);
}

function writeGraph({ nodes, initializers, inputs, outputs }: OnnxModel): Message {
  return message([
    ...nodes.map((node) => messageField(GRAPH.node, writeNode(node))),
    stringField(GRAPH.name, 'program'),
    ...initializers.map((tensor) => messageField(GRAPH.initializer, writeTensor(tensor))),
    ...inputs.map((value) => messageField(GRAPH.input, writeValue(value))),
    ...outputs.map((value) => messageField(GRAPH.output, writeValue(value))),
  ]);
}

/**
 * A model as the bytes of an ONNX file (onnx.proto3 of the ONNX project).
 *
 * @throws MemoryLimitError when the file would pass protobuf's limit of 2 GiB
 */
export function writeModel(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const entry = ([key, value]: readonly [string, string]): Message =>
    message([stringField(ENTRY.key, key), stringField(ENTRY.value, value)]);
  const root = message([
    integerField(MODEL.irVersion, model.irVersion),
    stringField(MODEL.producer, model.producer),
    messageField(MODEL.graph, writeGraph(model)),
    ...[...model.metadata].map((pair) => messageField(MODEL.metadata, entry(pair))),
    // A model without operator sets is not valid: as they come last, no file cut off anywhere is.
    ...[...model.opsets].map(([domain, version]) =>
      messageField(MODEL.opset, message([stringField(OPSET.domain, domain), integerField(OPSET.version, version)])),
    ),
  ]);
  if (root.size > MAXIMUM_BYTES) {
    throw new MemoryLimitError(
      `the model takes ${root.size} bytes; one ONNX file holds at most ${MAXIMUM_BYTES}. ` +
        'Leave some weights as inputs of the program, or store them in fewer bytes',
    );
  }
  return joinMessage(root);
}
