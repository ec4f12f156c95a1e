import { ArgumentError, float32Tensor, Random, type Parameters } from '@sentence-mtl/core';
import { describe, expect, test } from 'vitest';
import { adamw } from './adamw.ts';
import { chain } from './chain.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import { Optimizer, type OptimizerOptions } from './optimizer.ts';
import { sgd } from './sgd.ts';

const TABLE = 'encoder.embeddings.word.weight';
const WEIGHT = 'heads.intent.output.weight';
const BIAS = 'heads.intent.output.bias';
const WIDTH = 33;
const root = Random.of(5);

function normal(size: number, ...labels: [string, number]): Float32Array {
  const values = new Float32Array(size);
  root.split(...labels).fillNormal(values);
  return values;
}

function model(): Parameters {
  return new Map([
    [TABLE, float32Tensor(normal(100 * WIDTH, 'table', 0), [100, WIDTH])],
    [WEIGHT, float32Tensor(normal(130 * WIDTH, 'weight', 0), [130, WIDTH])],
    [BIAS, float32Tensor(normal(130, 'bias', 0), [130])],
  ]);
}

const transformation = chain(clipByGlobalNorm(1), adamw({ learningRate: 0.01 }));

function take(optimizer: Optimizer, steps: readonly number[]): void {
  for (const step of steps) {
    for (const [path, { data }] of optimizer.gradients) data.set(normal(data.length, path, step));
    optimizer.step();
  }
}

function bits(parameters: Parameters): Buffer[] {
  return [...parameters.values()].map(({ data }) => Buffer.from(data.slice().buffer));
}

function trained(options: OptimizerOptions, steps: readonly number[]): Buffer[] {
  const optimizer = new Optimizer(transformation, model(), options);
  take(optimizer, steps);
  return bits(optimizer.parameters);
}

test('the fused kernel, the chain by blocks and plain JavaScript give the same bits', () => {
  const fused = trained({}, [0, 1, 2, 3]);
  expect(trained({ fuse: false }, [0, 1, 2, 3])).toEqual(fused);
  expect(trained({ kernels: 'plain' }, [0, 1, 2, 3])).toEqual(fused);
  expect(trained({ kernels: 'plain', fuse: false }, [0, 1, 2, 3])).toEqual(fused);
});

test('AdamW stays with its formula in float64 over 200 steps', () => {
  const optimizer = new Optimizer(
    adamw({ learningRate: 0.003 }),
    new Map([['weight', float32Tensor(new Float32Array(500), [500])]]),
  );
  const [p, m, v] = [new Float64Array(500), new Float64Array(500), new Float64Array(500)];
  for (let t = 1; t <= 200; t++) {
    const gradient = normal(500, 'gradient', t);
    optimizer.gradients.get('weight')?.data.set(gradient);
    optimizer.step();
    gradient.forEach((g, i) => {
      m[i] = 0.9 * (m[i] ?? 0) + 0.1 * g;
      v[i] = 0.999 * (v[i] ?? 0) + 0.001 * g * g;
      const direction = (m[i] ?? 0) / (1 - 0.9 ** t) / (Math.sqrt((v[i] ?? 0) / (1 - 0.999 ** t)) + 1e-8);
      p[i] = (p[i] ?? 0) - 0.003 * (direction + 0.01 * (p[i] ?? 0));
    });
  }
  const result = optimizer.parameters.get('weight')?.data ?? new Float32Array();
  const differences = p.map((value, i) => Math.abs(value - (result[i] ?? NaN)));
  expect(Math.max(...p.map(Math.abs))).toBeGreaterThan(0.05);
  expect(Math.max(...differences)).toBeLessThan(1e-7);
});

describe('which parameters a step updates', () => {
  test('a parameter without a gradient keeps its bits, its state and its count', () => {
    const optimizer = new Optimizer(transformation, model());
    take(optimizer, [0]);
    const before = optimizer.parameters.get(BIAS)?.data.slice();
    optimizer.step([TABLE, WEIGHT]);
    expect(optimizer.parameters.get(BIAS)?.data).toEqual(before);
    expect(optimizer.state.counts).toEqual(
      new Map([
        [TABLE, 2],
        [WEIGHT, 2],
        [BIAS, 1],
      ]),
    );
  });

  test('a thawed parameter takes the step that a fresh one takes', () => {
    const late = new Optimizer(adamw({ learningRate: 0.01 }), model());
    for (let step = 0; step < 3; step++) late.step([WEIGHT]);
    late.gradients.get(BIAS)?.data.set(normal(130, BIAS, 0));
    late.step([BIAS]);
    const fresh = new Optimizer(adamw({ learningRate: 0.01 }), model());
    fresh.gradients.get(BIAS)?.data.set(normal(130, BIAS, 0));
    fresh.step([BIAS]);
    expect(late.parameters.get(BIAS)?.data).toEqual(fresh.parameters.get(BIAS)?.data);
  });

  test('an unknown path is refused before anything changes', () => {
    const optimizer = new Optimizer(transformation, model());
    expect(() => optimizer.step([WEIGHT, 'heads.intent.output.bais'])).toThrow(
      'heads.intent.output.bais is not a parameter of the optimizer; did you mean heads.intent.output.bias?',
    );
    expect(optimizer.state.step).toBe(0);
  });

  test('weights decay without a gradient of their own; biases do not', () => {
    const optimizer = new Optimizer(adamw({ learningRate: 0.5, weightDecay: 0.1 }), model());
    optimizer.step();
    const [weight = 0, bias = 0] = [WEIGHT, BIAS].map((path) => model().get(path)?.data[0]);
    expect(optimizer.parameters.get(WEIGHT)?.data[0]).toBeCloseTo(weight * 0.95, 6);
    expect(optimizer.parameters.get(BIAS)?.data[0]).toBe(bias);
  });
});

describe('gradients of rows', () => {
  // More rows than fit into the scratch at once, with repeated ids.
  const ids = Int32Array.from({ length: 1000 }, (_, i) => (i * i) % 37);
  const rows = normal(ids.length * WIDTH, 'rows', 0);

  function dense(): Float32Array {
    const gradient = new Float32Array(100 * WIDTH);
    ids.forEach((id, row) => {
      for (let i = 0; i < WIDTH; i++) {
        const at = id * WIDTH + i;
        gradient[at] = (gradient[at] ?? 0) + (rows[row * WIDTH + i] ?? 0);
      }
    });
    return gradient;
  }

  test.each<OptimizerOptions>([{}, { kernels: 'plain' }])(
    '%o: rows are added as a loop over them adds them, bit for bit',
    (way) => {
      const byRows = new Optimizer(sgd({ learningRate: 0.1 }), model(), { rowTables: [TABLE], ...way });
      const whole = new Optimizer(sgd({ learningRate: 0.1 }), model(), way);
      byRows.addRows(TABLE, ids.subarray(0, 300), rows.subarray(0, 300 * WIDTH));
      byRows.addRows(TABLE, ids.subarray(300), rows.subarray(300 * WIDTH));
      byRows.step([TABLE]);
      whole.gradients.get(TABLE)?.data.set(dense());
      whole.step([TABLE]);
      expect(bits(byRows.parameters)).toEqual(bits(whole.parameters));
    },
  );

  test('the norm counts a row once, and rows are zero after the step', () => {
    const optimizer = new Optimizer(transformation, model(), { rowTables: [TABLE] });
    optimizer.addRows(TABLE, ids, rows);
    const norm = Math.hypot(...dense());
    expect(optimizer.step([TABLE]).globalNorm).toBeCloseTo(norm, 9);
    expect(optimizer.step([TABLE]).globalNorm).toBe(0);
    optimizer.addRows(TABLE, ids, rows);
    expect(optimizer.step([TABLE]).globalNorm).toBeCloseTo(norm, 9);
  });

  test('ids outside the table, rows of another size and other parameters are refused', () => {
    const optimizer = new Optimizer(transformation, model(), { rowTables: [TABLE] });
    const add = (path: string, id: number, size: number) => () => {
      optimizer.addRows(path, Int32Array.of(id), new Float32Array(size));
    };
    expect(add(TABLE, 100, WIDTH)).toThrow(`row 100 of ${TABLE} is asked for; it has rows 0 to 99`);
    expect(add(TABLE, -1, WIDTH)).toThrow(ArgumentError);
    expect(add(TABLE, 0, WIDTH + 1)).toThrow(`1 rows of ${TABLE} have 33 values; 34 are given`);
    expect(add(WEIGHT, 0, WIDTH)).toThrow(`${WEIGHT} is not one of the optimizer's row tables`);
    expect(() => new Optimizer(transformation, model(), { rowTables: [BIAS] })).toThrow('a table is (rows, width)');
    expect(optimizer.gradients.has(TABLE)).toBe(false);
  });
});

describe('memory and state', () => {
  test('a run restored from its state goes on bit for bit', () => {
    const whole = new Optimizer(transformation, model());
    take(whole, [0, 1, 2, 3, 4]);
    const first = new Optimizer(transformation, model());
    take(first, [0, 1]);
    const second = new Optimizer(transformation, first.parameters);
    second.restore(structuredClone(first.state));
    take(second, [2, 3, 4]);
    expect(bits(second.parameters)).toEqual(bits(whole.parameters));
    expect(second.state.step).toBe(5);
  });

  test('a state of another optimizer is refused', () => {
    const adam = new Optimizer(transformation, model());
    take(adam, [0]);
    const momentum = new Optimizer(sgd({ learningRate: 1, momentum: 0.9 }), model());
    expect(() => momentum.restore(adam.state)).toThrow(ArgumentError);
  });

  test('all arrays are views of one memory, which is not that of the parameters given', () => {
    const given = model();
    const optimizer = new Optimizer(transformation, given);
    take(optimizer, [0]);
    const arrays = [optimizer.parameters, optimizer.gradients, ...optimizer.state.slots.values()];
    expect(new Set(arrays.flatMap((tensors) => [...tensors.values()].map(({ data }) => data.buffer))).size).toBe(1);
    expect(bits(given)).toEqual(bits(model()));
  });
});

describe('gradients and rates that are no numbers', () => {
  const poisoned = (value: number): Optimizer => {
    const optimizer = new Optimizer(adamw({ learningRate: 0.1 }), model(), { rowTables: [TABLE] });
    optimizer.gradients.get(WEIGHT)?.data.fill(value, 7, 8);
    optimizer.addRows(TABLE, Int32Array.of(3), new Float32Array(WIDTH).fill(1));
    return optimizer;
  };

  test.each([NaN, Infinity])('a step with a gradient of %d is skipped where asked for, whole', (value) => {
    const optimizer = poisoned(value);
    const result = optimizer.step(undefined, { nonFinite: 'skip' });
    expect(result).toEqual({ step: 0, globalNorm: value, applied: false });
    expect(bits(optimizer.parameters)).toEqual(bits(model()));
    expect(optimizer.state).toMatchObject({ step: 1, counts: new Map() });
    optimizer.gradients.get(WEIGHT)?.data.fill(0);
    // The rows of the skipped step are gone.
    expect(optimizer.step(undefined, { nonFinite: 'skip' })).toEqual({ step: 1, globalNorm: 0, applied: true });
  });

  test('it is applied unless asked for', () => {
    const optimizer = poisoned(NaN);
    expect(optimizer.step()).toEqual({ step: 0, globalNorm: undefined, applied: true });
    expect(optimizer.parameters.get(WEIGHT)?.data[7]).toBeNaN();
  });

  test.each([
    [adamw({ learningRate: NaN }), `the learning rate of ${TABLE} at step 0 is NaN`],
    [adamw({ learningRate: -1 }), 'is -1; it must be a finite number, 0 or more'],
    [adamw({ learningRate: ({ path }) => (path === BIAS ? Infinity : 1) }), `the learning rate of ${BIAS} at step 0`],
    [adamw({ learningRate: 1, weightDecay: NaN }), `the weight decay of ${TABLE} at step 0 is NaN`],
  ])('a rate or decay that is none is refused before anything changes: %#', (wrong, message) => {
    const optimizer = new Optimizer(wrong, model());
    optimizer.gradients.get(WEIGHT)?.data.fill(1);
    expect(() => optimizer.step()).toThrow(ArgumentError);
    expect(() => optimizer.step()).toThrow(message);
    expect(bits(optimizer.parameters)).toEqual(bits(model()));
    expect(optimizer.state.step).toBe(0);
  });
});

test('a step allocates no array', () => {
  const optimizer = new Optimizer(transformation, model(), { rowTables: [TABLE] });
  const [ids, rows] = [Int32Array.of(1, 5, 1), normal(3 * WIDTH, 'rows', 1)];
  const step = (): void => {
    optimizer.addRows(TABLE, ids, rows);
    optimizer.step();
  };
  step();
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 50; i++) step();
  expect(process.memoryUsage().arrayBuffers).toBe(before);
});
