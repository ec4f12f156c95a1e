import {
  bindShape,
  defineProgram,
  float32,
  linear,
  matMul,
  schedule,
  slice,
  type Bindings,
  type MatMulOptions,
  type Program,
  type TensorType,
  type Value,
} from '@sentence-mtl/program';

/** A matrix product of a program at given sizes, and how often it occurs there. */
export interface Product {
  /** Undefined where the product adds a bias: `linear`. */
  readonly options: MatMulOptions | undefined;
  readonly operands: readonly (readonly number[])[];
  readonly count: number;
  /** Floating point operations of one; a fused multiply-add counts as 2. */
  readonly operations: number;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** The distinct products of a program, largest share first. */
export function productsOf(program: Program, bindings: Bindings): readonly Product[] {
  const found = new Map<string, Product>();
  for (const { op, attributes, inputs, outputs } of schedule(Object.values(program.outputs))) {
    if (op !== 'matMul' && op !== 'linear') continue;
    const operands = inputs.map(({ shape }) => bindShape(shape, bindings));
    const options = op === 'matMul' ? (attributes as MatMulOptions) : undefined;
    const key = JSON.stringify([options, operands]);
    const inner = operands[0]?.at(options?.transposeA === true ? -2 : -1) ?? 0;
    const operations = 2 * inner * sizeOf(bindShape(outputs[0]?.shape ?? [], bindings));
    found.set(key, { options, operands, operations, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()].toSorted((a, b) => b.count * b.operations - a.count * a.operations);
}

/** `1024×768 · (768×3072)ᵀ`: what a product multiplies. */
export function describeProduct({ options, operands: [a = [], b = []] }: Product): string {
  const written = (shape: readonly number[], transposed: boolean | undefined): string =>
    transposed === true ? `(${shape.join('×')})ᵀ` : shape.join('×');
  if (options === undefined) return `${written(a, false)} · ${written(b, true)} + bias`;
  return `${written(a, options.transposeA)} · ${written(b, options.transposeB)}`;
}

/**
 * The product alone, `copies` times with first operands of their own, x0, x1, …, and the same second one, so that
 * waking threads is a small part of a run. Only a row of each result is an output: no time goes into copying matrices.
 */
export function productProgram({ options, operands }: Product, copies: number): Program {
  const [a = [], b = [], bias] = operands;
  const firsts = Array.from({ length: copies }, (_, i) => `x${i}`);
  const types: Readonly<Record<string, TensorType>> = {
    ...Object.fromEntries(firsts.map((name) => [name, float32(...a)])),
    second: float32(...b),
    ...(bias === undefined ? {} : { bias: float32(...bias) }),
  };
  return defineProgram(types, (inputs) =>
    Object.fromEntries(
      firsts.map((name) => {
        const result = multiply(options, inputs[name], inputs['second'], inputs['bias']);
        return [`row.${name}`, slice(result, -2, 0, 1)];
      }),
    ),
  );
}

function multiply(options: MatMulOptions | undefined, a?: Value, b?: Value, bias?: Value): Value {
  if (a === undefined || b === undefined) throw new Error('a product has two operands');
  return bias === undefined ? matMul(a, b, options) : linear(a, b, bias);
}
