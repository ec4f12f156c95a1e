// Values recorded by record/torch_optimizers.py; the model and the engine have no part in them.
import { readFileSync } from 'node:fs';
import { float32Tensor, type Parameters } from '@sentence-mtl/core';
import { expect, test } from 'vitest';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import { chain } from './chain.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import { clipByValue } from './clip-by-value.ts';
import type { GradientTransformation, ParameterStep } from './gradient-transformation.ts';
import { Optimizer, type OptimizerOptions } from './optimizer.ts';
import { FROZEN, partition } from './partition.ts';
import { sgd } from './sgd.ts';

type Numbers = Readonly<Record<string, readonly number[]>>;

interface Recorded {
  readonly shapes: Numbers;
  readonly start: Numbers;
  /** One a step; a parameter that is still frozen is not in it. */
  readonly gradients: readonly Numbers[];
  readonly runs: Readonly<
    Record<string, { readonly norms: readonly number[]; readonly parameters: Readonly<Record<string, Numbers>> }>
  >;
}

const recorded: Recorded = JSON.parse(readFileSync(`${import.meta.dirname}/../fixtures/torch-optimizers.json`, 'utf8'));

const learningRate = ({ path, step }: ParameterStep): number =>
  0.02 * (1 - step / 10) * (path.startsWith('heads.') ? 4 : 1);

const clipped = (transformation: GradientTransformation): GradientTransformation => {
  return chain(clipByGlobalNorm(1), transformation);
};

const transformations: Record<string, GradientTransformation> = {
  sgd: clipped(sgd({ learningRate })),
  'sgd-momentum': clipped(sgd({ learningRate, momentum: 0.9, weightDecay: 0.1 })),
  'sgd-nesterov': clipped(sgd({ learningRate, momentum: 0.8, nesterov: true })),
  'sgd-dampening': clipped(sgd({ learningRate, momentum: 0.9, dampening: 0.3 })),
  adam: clipped(adam({ learningRate })),
  'adam-l2': clipped(adam({ learningRate, weightDecay: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-6 })),
  adamw: clipped(adamw({ learningRate })),
  'adamw-strong-decay': clipped(adamw({ learningRate, weightDecay: 0.3, beta1: 0.8, beta2: 0.95 })),
  'adamw-clipped-by-value': chain(clipByValue(0.05), adamw({ learningRate })),
  partition: clipped(
    partition((path) => (path.includes('embeddings') ? FROZEN : (path.split('.')[0] ?? '')), {
      heads: sgd({ learningRate, momentum: 0.9 }),
      encoder: adamw({ learningRate }),
    }),
  ),
};

function startOf({ start, shapes }: Recorded): Parameters {
  return new Map(Object.entries(start).map(([path, values]) => [path, float32Tensor(values, shapes[path] ?? [])]));
}

function largestDifference(a: ArrayLike<number>, b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return Math.max(...b.map((value, i) => Math.abs(value - (a[i] ?? NaN))));
}

function follow(name: string, options: OptimizerOptions): void {
  const transformation = transformations[name] ?? chain();
  const optimizer = new Optimizer(transformation, startOf(recorded), options);
  recorded.gradients.forEach((gradients, step) => {
    const given = Object.entries(gradients).filter(([path]) => optimizer.gradients.has(path));
    for (const [path, values] of given) optimizer.gradients.get(path)?.data.set(values);
    const { globalNorm } = optimizer.step(given.map(([path]) => path));
    const norm = recorded.runs[name]?.norms[step];
    if (norm === undefined) expect(globalNorm).toBeUndefined();
    else expect(Math.abs((globalNorm ?? NaN) / norm - 1)).toBeLessThan(1e-6);
    for (const [path, values] of Object.entries(recorded.runs[name]?.parameters[step] ?? {})) {
      const difference = largestDifference(optimizer.parameters.get(path)?.data ?? [], values);
      expect(difference, `${path} after step ${step}`).toBeLessThan(1e-6);
    }
  });
}

test('every recorded optimizer is one of ours, and a parameter is thawed on the way', () => {
  expect(Object.keys(transformations)).toEqual(Object.keys(recorded.runs));
  expect(Object.keys(recorded.gradients[0] ?? {}).length).toBe(Object.keys(recorded.gradients[7] ?? {}).length - 1);
});

const ways: OptimizerOptions[] = [{}, { fuse: false }, { kernels: 'plain' }];

test.each(Object.keys(transformations).flatMap((name) => ways.map((way) => ({ name, ...way }))))(
  'torch: clipped, at rates by path and step: %o',
  ({ name, ...way }) => follow(name, way),
);
