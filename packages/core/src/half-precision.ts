// Half precision (float16): to float32 exactly, and from it rounded to the nearest, ties to even, as IEEE 754 and every
// runtime do it.

const scratchFloat = new Float32Array(1);
const scratchBits = new Uint32Array(scratchFloat.buffer);

/** The bits, without the sign, of the least float32 that rounds to a half's infinity: 65520. */
const TOO_LARGE = 0x477ff000;
/** Those of the least normal half, 2⁻¹⁴. */
const LEAST_NORMAL = 0x38800000;
const INFINITE = 0x7f800000;
/** Those of the largest half, 65504. */
const LARGEST = 0x477fe000;

/** The bits of the half-precision number nearest to a float32. */
export function nearestHalf(value: number): number {
  scratchFloat[0] = value;
  const bits = scratchBits[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size > INFINITE) return sign | 0x7e00;
  if (size >= TOO_LARGE) return sign | 0x7c00;
  if (size < LEAST_NORMAL) {
    // Adding 0.5 to a number below 2⁻¹⁴ leaves its multiple of 2⁻²⁴ in the last bits of the sum, rounded as it should.
    scratchFloat[0] = Math.abs(value) + 0.5;
    return sign | ((scratchBits[0] ?? 0) - 0x3f000000);
  }
  const even = (size >>> 13) & 1;
  return sign | ((size - 0x38000000 + 0xfff + even) >>> 13);
}

/** float32 into half precision; `target` is as long as `source`. */
export function narrowToHalf(source: Float32Array, target: Uint16Array): void {
  for (let i = 0; i < source.length; i++) target[i] = nearestHalf(source[i] ?? 0);
}

/** Whether half precision has a number near each: none is infinite, no number, or above 65504 in size. */
export function fitsHalf(values: Float32Array): boolean {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < words.length; i++) if (((words[i] ?? 0) & 0x7fffffff) > LARGEST) return false;
  return true;
}

function halfValue(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return (sign === 0 ? 1 : -1) * fraction * 2 ** -24;
  const wide = exponent === 31 ? 0xff : exponent + 112;
  scratchBits[0] = (sign | (wide << 23) | (fraction << 13)) >>> 0;
  return scratchFloat[0] ?? 0;
}

let halves: Float32Array | undefined;

/** All 65536 of them; a table is several times as fast as the arithmetic. */
function halfTable(): Float32Array {
  halves ??= Float32Array.from({ length: 65_536 }, (_, half) => halfValue(half));
  return halves;
}

/** Half precision into float32; `target` is as long as `source`. */
export function widenFromHalf(source: Uint16Array, target: Float32Array): void {
  const table = halfTable();
  for (let i = 0; i < source.length; i++) target[i] = table[source[i] ?? 0] ?? 0;
}
