import type { AdamCoefficients, Kernels } from './kernels.ts';

const { fround, max, min, sqrt } = Math;

function scale(memory: Float32Array, into: number, from: number, length: number, factor: number): void {
  const factor32 = fround(factor);
  for (let i = 0; i < length; i++) memory[into + i] = fround((memory[from + i] ?? 0) * factor32);
}

function addScaled(memory: Float32Array, into: number, from: number, length: number, factor: number): void {
  const factor32 = fround(factor);
  for (let i = 0; i < length; i++) {
    memory[into + i] = fround((memory[into + i] ?? 0) + fround((memory[from + i] ?? 0) * factor32));
  }
}

function clip(memory: Float32Array, into: number, length: number, maximum: number): void {
  const maximum32 = fround(maximum);
  for (let i = 0; i < length; i++) memory[into + i] = max(min(memory[into + i] ?? 0, maximum32), -maximum32);
}

function trace(
  memory: Float32Array,
  [update, trace]: readonly [number, number],
  length: number,
  [momentum, fresh]: readonly [number, number],
  nesterov: boolean,
): void {
  const momentum32 = fround(momentum);
  const fresh32 = fround(fresh);
  for (let i = 0; i < length; i++) {
    const u = memory[update + i] ?? 0;
    const t = fround(fround((memory[trace + i] ?? 0) * momentum32) + fround(u * fresh32));
    memory[trace + i] = t;
    memory[update + i] = nesterov ? fround(u + fround(t * momentum32)) : t;
  }
}

function adam(
  memory: Float32Array,
  [update, first, second]: readonly [number, number, number],
  length: number,
  coefficients: AdamCoefficients,
): void {
  const fresh1 = fround(coefficients.fresh1);
  const keep2 = fround(coefficients.keep2);
  const fresh2 = fround(coefficients.fresh2);
  const correction = fround(coefficients.correction);
  const epsilon = fround(coefficients.epsilon);
  for (let i = 0; i < length; i++) {
    const u = memory[update + i] ?? 0;
    const old = memory[first + i] ?? 0;
    const m = fround(old + fround(fround(u - old) * fresh1));
    const v = fround(fround((memory[second + i] ?? 0) * keep2) + fround(fround(u * u) * fresh2));
    memory[first + i] = m;
    memory[second + i] = v;
    memory[update + i] = fround(fround(m * correction) / fround(fround(sqrt(v)) + epsilon));
  }
}

function sumOfSquares(memory: Float32Array, values: number, length: number): number {
  const sums = new Float64Array(8);
  for (let i = 0; i < length; i++) {
    const x = memory[values + i] ?? 0;
    sums[i % 8] = (sums[i % 8] ?? 0) + x * x;
  }
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0] = sums;
  return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
}

function addRows(memory: Float32Array, table: number, ids: Int32Array, rows: number, width: number): void {
  ids.forEach((id, row) => {
    const into = table + id * width;
    const from = rows + row * width;
    for (let i = 0; i < width; i++) memory[into + i] = fround((memory[into + i] ?? 0) + (memory[from + i] ?? 0));
  });
}

/**
 * The kernels as plain loops over typed arrays: the specification, and the way where there is no WebAssembly SIMD.
 * `scratch` is the address of `scratchLength` floats that `adamw` overwrites, block by block.
 */
export function plainKernels(buffer: ArrayBuffer, scratch: number, scratchLength: number): Kernels {
  const memory = new Float32Array(buffer);
  const kernels: Kernels = {
    scale: (into, from, length, factor) => scale(memory, into / 4, from / 4, length, factor),
    addScaled: (into, from, length, factor) => addScaled(memory, into / 4, from / 4, length, factor),
    clip: (into, length, maximum) => clip(memory, into / 4, length, maximum),
    trace: (update, velocity, length, momentum, fresh, nesterov) =>
      trace(memory, [update / 4, velocity / 4], length, [momentum, fresh], nesterov),
    adam: (update, first, second, length, coefficients) =>
      adam(memory, [update / 4, first / 4, second / 4], length, coefficients),
    adamw(parameter, gradient, first, second, length, factor, maximum, coefficients, decay, rate) {
      for (let at = 0; at < length; at += scratchLength) {
        const block = Math.min(scratchLength, length - at);
        kernels.scale(scratch, gradient + 4 * at, block, factor);
        kernels.clip(scratch, block, maximum);
        kernels.adam(scratch, first + 4 * at, second + 4 * at, block, coefficients);
        kernels.addScaled(scratch, parameter + 4 * at, block, decay);
        kernels.addScaled(parameter + 4 * at, scratch, block, rate);
      }
    },
    sumOfSquares: (values, length) => sumOfSquares(memory, values / 4, length),
    addRows: (table, ids, rows, count, width) =>
      addRows(memory, table / 4, new Int32Array(buffer, ids, count), rows / 4, width),
  };
  return kernels;
}
