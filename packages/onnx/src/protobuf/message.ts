/**
 * The writing half of the protobuf wire format, as much as ONNX needs. A message is a list of chunks whose bytes are
 * joined once, at the end: a weight of 90 MB is copied into the file and nowhere else.
 */
export interface Message {
  readonly chunks: readonly (Uint8Array | Message)[];
  readonly size: number;
}

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

const textEncoder = new TextEncoder();
/** A negative int64 takes ten bytes; a tag and a length take five each. */
const scratch = new Uint8Array(24);

/** Writes a varint into the scratch bytes and returns where it ends. */
function putVarint(value: number, at: number): number {
  if (value >= 0 && value < 0x80) {
    scratch[at] = value;
    return at + 1;
  }
  let rest = BigInt.asUintN(64, BigInt(value));
  let end = at;
  for (; rest > 127n; rest >>= 7n) scratch[end++] = Number(rest & 127n) | 0x80;
  scratch[end++] = Number(rest);
  return end;
}

const putTag = (field: number, wireType: number): number => putVarint(field * 8 + wireType, 0);
const chunk = (bytes: Uint8Array): Message => ({ chunks: [bytes], size: bytes.length });

/** Fields one after the other. */
export function message(fields: readonly Message[]): Message {
  return { chunks: fields, size: fields.reduce((size, field) => size + field.size, 0) };
}

/** An int32, int64 or enum field. @param value a safe integer; negative ones take ten bytes */
export function integerField(field: number, value: number): Message {
  return chunk(scratch.slice(0, putVarint(value, putTag(field, VARINT))));
}

/** A float field. */
export function floatField(field: number, value: number): Message {
  const end = putTag(field, FIXED32);
  new DataView(scratch.buffer).setFloat32(end, value, true);
  return chunk(scratch.slice(0, end + 4));
}

/** A field that holds a message. */
export function messageField(field: number, body: Message): Message {
  const header = scratch.slice(0, putVarint(body.size, putTag(field, LENGTH_DELIMITED)));
  return { chunks: [header, body], size: header.length + body.size };
}

/** A bytes field; the bytes are not copied before `joinMessage`. */
export function bytesField(field: number, bytes: Uint8Array): Message {
  return messageField(field, chunk(bytes));
}

/** A string field, UTF-8. */
export function stringField(field: number, value: string): Message {
  return bytesField(field, textEncoder.encode(value));
}

/** A repeated int64 field in the packed encoding. */
export function packedIntegersField(field: number, values: readonly number[]): Message {
  return messageField(field, message(values.map((value) => chunk(scratch.slice(0, putVarint(value, 0))))));
}

/** The bytes of a message. */
export function joinMessage(root: Message): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(root.size);
  let at = 0;
  const copy = (part: Message): void => {
    for (const piece of part.chunks) {
      if (piece instanceof Uint8Array) {
        bytes.set(piece, at);
        at += piece.length;
      } else copy(piece);
    }
  };
  copy(root);
  return bytes;
}
