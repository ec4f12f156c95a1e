/** Bytes from this size on are not copied before the end: a weight of 90 MB is copied into the file and nowhere else. */
const BLOB_BYTES = 4096;

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

interface Blob {
  /** Where it belongs among the bytes written before it. */
  at: number;
  readonly bytes: Uint8Array;
}

const textEncoder = new TextEncoder();

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** The number of bytes of a varint. */
function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 0x80; rest /= 0x80) length++;
  return length;
}

/**
 * The writing half of the protobuf wire format, as much as ONNX needs: fields one after the other. The length of a
 * message is known only after its fields; one byte is left free for it, and what follows is moved where more are needed.
 */
export class ProtobufWriter {
  #bytes = new Uint8Array(2 ** 16);
  #end = 0;
  readonly #blobs: Blob[] = [];
  #blobBytes = 0;

  /** The size of what is written so far. */
  get size(): number {
    return this.#end + this.#blobBytes;
  }

  #reserve(count: number): void {
    if (this.#end + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#end + count));
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }

  #varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    if (rest < 0 || rest > 0x7fffffff) {
      let wide = BigInt.asUintN(64, BigInt(value));
      for (; wide > 127n; wide >>= 7n) this.#bytes[this.#end++] = Number(wide & 127n) | 0x80;
      rest = Number(wide);
    }
    for (; rest > 0x7f; rest >>= 7) this.#bytes[this.#end++] = (rest & 0x7f) | 0x80;
    this.#bytes[this.#end++] = rest;
  }

  #tag(field: number, wireType: number): void {
    this.#varint(field * 8 + wireType);
  }

  #append(bytes: Uint8Array): void {
    if (bytes.length >= BLOB_BYTES) {
      this.#blobs.push({ at: this.#end, bytes });
      this.#blobBytes += bytes.length;
      return;
    }
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** An int32, int64 or enum field. @param value a safe integer */
  integer(field: number, value: number): void {
    this.#tag(field, VARINT);
    this.#varint(value);
  }

  /** A repeated integer field in the packed encoding. */
  packedIntegers(field: number, values: readonly number[]): void {
    this.message(field, () => {
      for (const value of values) this.#varint(value);
    });
  }

  /** A float field. */
  float(field: number, value: number): void {
    this.#tag(field, FIXED32);
    this.#append(new Uint8Array(Float32Array.of(value).buffer));
  }

  /** A bytes field. */
  bytes(field: number, bytes: Uint8Array): void {
    this.#tag(field, LENGTH_DELIMITED);
    this.#varint(bytes.length);
    this.#append(bytes);
  }

  /** A string field, UTF-8. */
  text(field: number, text: string): void {
    if (!isAscii(text)) {
      this.bytes(field, textEncoder.encode(text));
      return;
    }
    this.#tag(field, LENGTH_DELIMITED);
    this.#varint(text.length);
    this.#reserve(text.length);
    for (let at = 0; at < text.length; at++) this.#bytes[this.#end++] = text.charCodeAt(at);
  }

  /** A field that holds a message, whose fields `write` writes. */
  message(field: number, write: () => void): void {
    this.#tag(field, LENGTH_DELIMITED);
    this.#reserve(1);
    const header = this.#end++;
    const sizeBefore = this.size;
    write();
    const length = this.size - sizeBefore;
    const more = varintLength(length) - 1;
    if (more > 0) this.#makeRoom(header + 1, more);
    const end = this.#end;
    this.#end = header;
    this.#varint(length);
    this.#end = end;
  }

  #makeRoom(at: number, count: number): void {
    this.#reserve(count);
    this.#bytes.copyWithin(at + count, at, this.#end);
    this.#end += count;
    for (const blob of this.#blobs) if (blob.at >= at) blob.at += count;
  }

  /** All that was written, in parts: large fields as the bytes that were given, not copied. */
  parts(): readonly Uint8Array[] {
    const parts: Uint8Array[] = [];
    let from = 0;
    for (const { at, bytes } of this.#blobs) {
      parts.push(this.#bytes.subarray(from, at), bytes);
      from = at;
    }
    return [...parts, this.#bytes.subarray(from, this.#end)];
  }

  /** All that was written. */
  finish(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.size);
    let to = 0;
    for (const bytes of this.parts()) {
      whole.set(bytes, to);
      to += bytes.length;
    }
    return whole;
  }
}
