import { float32Tensor, Random, type Parameters } from '@sentence-mtl/core';
import { describe, expect, test } from 'vitest';
import { adamw } from './adamw.ts';
import { chain } from './chain.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import { Optimizer } from './optimizer.ts';
import { FROZEN, partition } from './partition.ts';
import { sgd } from './sgd.ts';

const EMBEDDINGS = 'encoder.embeddings.word.weight';
const QUERY = 'encoder.layers.0.attention.query.weight';
const HEAD = 'heads.intent.output.weight';
/** An array of it is a page of memory, 64 kB. */
const SIZE = 16_384;

function model(): Parameters {
  const parameters = [EMBEDDINGS, QUERY, HEAD].map((path) => {
    const data = new Float32Array(SIZE);
    Random.of(9).split(path).fillNormal(data);
    return [path, float32Tensor(data, [SIZE / 8, 8])] as const;
  });
  return new Map(parameters);
}

const labelOf = (path: string): 'encoder' | 'heads' | 'frozen' => {
  if (path === EMBEDDINGS) return FROZEN;
  return path.startsWith('heads.') ? 'heads' : 'encoder';
};

const groups = { encoder: adamw({ learningRate: 0.01 }), heads: sgd({ learningRate: 0.1, momentum: 0.9 }) };
const transformation = chain(clipByGlobalNorm(1), partition(labelOf, groups));

const fillGradients = (optimizer: Optimizer): void => {
  for (const [path, { data }] of optimizer.gradients) Random.of(4).split(path).fillNormal(data);
};

test('a label chooses the transformation of its parameters, and nothing else does', () => {
  const at = { path: HEAD, step: 3, count: 2, globalNorm: 5 };
  const parts = partition(labelOf, groups);
  expect(parts.update(at)).toEqual(groups.heads.update(at));
  expect(parts.update({ ...at, path: QUERY })).toEqual(groups.encoder.update({ ...at, path: QUERY }));
  expect([HEAD, QUERY, EMBEDDINGS].map(parts.init)).toEqual([
    ['trace'],
    ['adam.firstMoment', 'adam.secondMoment'],
    undefined,
  ]);
});

describe('a frozen parameter', () => {
  test('costs no gradient, no state, no memory and no copy', () => {
    const given = model();
    const frozen = new Optimizer(transformation, given, { rowTables: [EMBEDDINGS] });
    expect([...frozen.gradients.keys()]).toEqual([QUERY, HEAD]);
    expect(frozen.parameters.get(EMBEDDINGS)).toBe(given.get(EMBEDDINGS));
    expect([...frozen.parameters.keys()]).toEqual([...given.keys()]);
    const all = new Optimizer(adamw({ learningRate: 1 }), given);
    const bytes = ({ parameters }: Optimizer): number => parameters.get(HEAD)?.data.buffer.byteLength ?? 0;
    // Query has four arrays, head three; all three have four with AdamW.
    expect(bytes(all) - bytes(frozen)).toBe(5 * 4 * SIZE);
  });

  test('keeps every bit, and has no part in the state', () => {
    const optimizer = new Optimizer(transformation, model());
    for (let step = 0; step < 3; step++) {
      fillGradients(optimizer);
      optimizer.step();
    }
    expect(optimizer.parameters.get(EMBEDDINGS)?.data).toEqual(model().get(EMBEDDINGS)?.data);
    expect(optimizer.parameters.get(HEAD)?.data).not.toEqual(model().get(HEAD)?.data);
    const { counts, slots } = optimizer.state;
    expect([...counts.keys()]).toEqual([QUERY, HEAD]);
    expect([...slots].map(([slot, arrays]) => [slot, [...arrays.keys()]])).toEqual([
      ['adam.firstMoment', [QUERY]],
      ['adam.secondMoment', [QUERY]],
      ['trace', [HEAD]],
    ]);
  });

  test('cannot take a step or rows', () => {
    const optimizer = new Optimizer(transformation, model(), { rowTables: [EMBEDDINGS] });
    expect(() => optimizer.step([EMBEDDINGS])).toThrow(
      `${EMBEDDINGS} is frozen by the optimizer's transformation; it cannot take a step`,
    );
    expect(() => optimizer.addRows(EMBEDDINGS, Int32Array.of(0), new Float32Array(8))).toThrow(
      `${EMBEDDINGS} is not one of the optimizer's row tables`,
    );
  });

  test('may be all there is', () => {
    const optimizer = new Optimizer(
      partition(() => FROZEN, {}),
      model(),
    );
    expect(optimizer.step()).toEqual({ step: 0, globalNorm: undefined, applied: true });
    expect(optimizer.parameters).toEqual(model());
  });
});

describe('what is refused', () => {
  test('a label without a transformation', () => {
    const wrong = partition<string>(() => 'head', groups);
    expect(() => new Optimizer(wrong, model())).toThrow(
      `the label "head" of ${EMBEDDINGS} has no transformation; did you mean "heads"?`,
    );
  });

  test('a norm of all gradients that is read within one label', () => {
    expect(() => partition(labelOf, { ...groups, heads: chain(clipByGlobalNorm(1), groups.heads) })).toThrow(
      'the transformation of the label "heads" reads the global norm, which is that of all labels; put it before',
    );
  });
});

test('labels of partitions within partitions and chains are joined', () => {
  const inner = partition((path) => (path === HEAD ? 'x' : 'y'), { x: sgd({ learningRate: 1 }), y: groups.encoder });
  const outer = chain(partition(labelOf, { encoder: inner, heads: groups.heads }));
  expect([HEAD, QUERY, EMBEDDINGS].map((path) => outer.label?.(path))).toEqual(['heads', 'encoder/y', 'frozen']);
});
