// float32 to half precision, rounded to the nearest, ties to even, as IEEE 754 and every runtime do it.

const scratchFloat = new Float32Array(1);
const scratchBits = new Uint32Array(scratchFloat.buffer);

/** The bits, without the sign, of the least float32 that rounds to a half's infinity: 65520. */
const TOO_LARGE = 0x477ff000;
/** Those of the least normal half, 2⁻¹⁴. */
const LEAST_NORMAL = 0x38800000;
const INFINITE = 0x7f800000;

/** The bits of the half-precision number nearest to a float32. */
export function narrowHalf(value: number): number {
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

/** float32 into half precision (`F16`); `target` is as long as `source`. */
export function narrowF16(source: Float32Array, target: Uint16Array): void {
  for (let i = 0; i < source.length; i++) target[i] = narrowHalf(source[i] ?? 0);
}
