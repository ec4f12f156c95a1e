import { ModelFormatError } from '../model/model-format-error.ts';

/**
 * The reading half of the protobuf wire format. Lengths are checked against what is there before anything is
 * made of them, so that bytes which are no protobuf end in an error and never in a loop or a huge allocation.
 */
export type Field =
  | { readonly number: number; readonly kind: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly number: number; readonly kind: 'fixed32' | 'fixed64'; readonly bytes: Uint8Array };

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

const MAXIMUM_VARINT_BYTES = 10;

function readVarint(cursor: Cursor): bigint {
  let value = 0n;
  for (let count = 0; count < MAXIMUM_VARINT_BYTES; count++) {
    const byte = cursor.bytes[cursor.at];
    if (byte === undefined) throw new ModelFormatError(`the model is cut off at byte ${cursor.at} of a part`);
    cursor.at++;
    value |= BigInt(byte & 0x7f) << BigInt(7 * count);
    if (byte < 0x80) return BigInt.asUintN(64, value);
  }
  throw new ModelFormatError('the bytes are no ONNX model: a number in them does not end');
}

function take(cursor: Cursor, length: bigint): Uint8Array {
  const left = cursor.bytes.length - cursor.at;
  if (length > BigInt(left)) {
    throw new ModelFormatError(
      `the model is cut off or no ONNX model: a part of ${length} bytes begins where ${left} are left`,
    );
  }
  const start = cursor.at;
  cursor.at += Number(length);
  return cursor.bytes.subarray(start, cursor.at);
}

function readField(cursor: Cursor): Field {
  const tag = readVarint(cursor);
  const number = Number(tag >> 3n);
  if (number === 0) throw new ModelFormatError('the bytes are no ONNX model: a field in them has the number 0');
  switch (Number(tag & 7n)) {
    case 0:
      return { number, kind: 'varint', value: readVarint(cursor) };
    case 1:
      return { number, kind: 'fixed64', bytes: take(cursor, 8n) };
    case 2:
      return { number, kind: 'bytes', bytes: take(cursor, readVarint(cursor)) };
    case 5:
      return { number, kind: 'fixed32', bytes: take(cursor, 4n) };
    default:
      throw new ModelFormatError(`the bytes are no ONNX model: field ${number} has the wire type ${Number(tag & 7n)}`);
  }
}

/** The fields of a message in their order. Their bytes are views, not copies. @throws ModelFormatError */
export function* readFields(bytes: Uint8Array): Generator<Field, void> {
  const cursor = { bytes, at: 0 };
  while (cursor.at < bytes.length) yield readField(cursor);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function unexpected(field: Field, wanted: string): ModelFormatError {
  return new ModelFormatError(`the bytes are no ONNX model: field ${field.number} is a ${field.kind}, not ${wanted}`);
}

/** The content of a bytes, string or message field. @throws ModelFormatError */
export function bytesOf(field: Field): Uint8Array {
  if (field.kind === 'bytes') return field.bytes;
  throw unexpected(field, 'bytes');
}

/** The content of a string field. @throws ModelFormatError also where it is not UTF-8 */
export function textOf(field: Field): string {
  try {
    return utf8.decode(bytesOf(field));
  } catch (cause) {
    if (cause instanceof ModelFormatError) throw cause;
    throw new ModelFormatError(`the bytes are no ONNX model: field ${field.number} is not UTF-8 text`, { cause });
  }
}

/** The content of an integer field; beyond 2⁵³ the nearest number. @throws ModelFormatError */
export function integerOf(field: Field): number {
  if (field.kind === 'varint') return Number(BigInt.asIntN(64, field.value));
  throw unexpected(field, 'an integer');
}

/** The content of a repeated integer field, packed or one by one. @throws ModelFormatError */
export function integersOf(field: Field): number[] {
  if (field.kind === 'varint') return [integerOf(field)];
  const cursor = { bytes: bytesOf(field), at: 0 };
  const values: number[] = [];
  while (cursor.at < cursor.bytes.length) values.push(Number(BigInt.asIntN(64, readVarint(cursor))));
  return values;
}

/** The content of a float field. @throws ModelFormatError */
export function floatOf(field: Field): number {
  if (field.kind !== 'fixed32') throw unexpected(field, 'a float');
  return new DataView(field.bytes.buffer, field.bytes.byteOffset).getFloat32(0, true);
}
