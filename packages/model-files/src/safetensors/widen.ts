// Half-precision numbers to float32, exactly.

const scratchBits = new Uint32Array(1);
const scratchFloat = new Float32Array(scratchBits.buffer);

function widenHalf(half: number): number {
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
  halves ??= Float32Array.from({ length: 65_536 }, (_, half) => widenHalf(half));
  return halves;
}

/** IEEE half precision (`F16`) into `target`, which is as long as `source`. */
export function widenF16(source: Uint16Array, target: Float32Array): void {
  const table = halfTable();
  for (let i = 0; i < source.length; i++) target[i] = table[source[i] ?? 0] ?? 0;
}

/** bfloat16 into `target`, which is as long as `source`: the upper half of a float32. */
export function widenBf16(source: Uint16Array, target: Float32Array): void {
  const bits = new Uint32Array(target.buffer, target.byteOffset, target.length);
  for (let i = 0; i < source.length; i++) bits[i] = (source[i] ?? 0) << 16;
}
