import { ArgumentError, float32Tensor, Random, type Parameters } from '@sentence-mtl/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adamw } from './adamw.ts';
import { chain } from './chain.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import type { OptimizerState } from './optimizer-state.ts';
import { Optimizer } from './optimizer.ts';
import { packState, unpackState } from './packed-state.ts';
import { FROZEN, partition } from './partition.ts';
import { schedule } from './schedules/schedule.ts';
import { sgd } from './sgd.ts';

const PATHS = ['encoder.embeddings.word.weight', 'encoder.layers.0.attention.query.weight', 'heads.intent.output.bias'];
const [TABLE = '', QUERY = '', BIAS = ''] = PATHS;
const WIDTH = 16;

function model(): Parameters {
  const parameters = PATHS.map((path) => {
    const data = new Float32Array(path === BIAS ? 7 : 9 * WIDTH);
    Random.of(2).split(path).fillNormal(data);
    return [path, float32Tensor(data, path === BIAS ? [7] : [9, WIDTH])] as const;
  });
  return new Map(parameters);
}

const cosine = schedule({ kind: 'cosine', warmup: { steps: 2 } }, 12);
const groups = {
  encoder: adamw({ learningRate: ({ step }) => 0.01 * cosine(step) }),
  heads: sgd({ learningRate: ({ step }) => 0.1 * cosine(step), momentum: 0.9, dampening: 0.2 }),
};
const isHead = (path: string): boolean => path.startsWith('heads.');
const trained = chain(
  clipByGlobalNorm(1),
  partition((path) => (isHead(path) ? 'heads' : 'encoder'), groups),
);
const thawing = chain(
  clipByGlobalNorm(1),
  partition((path) => (isHead(path) ? 'heads' : FROZEN), groups),
);
const rowTables = [TABLE];

/** Heads alone until step 3, then all but the table, from step 6 on all. */
const pathsAt = (step: number): readonly string[] => (step < 3 ? [BIAS] : step < 6 ? [QUERY, BIAS] : PATHS);

function train(optimizer: Optimizer, from: number, to: number): void {
  for (let step = from; step < to; step++) {
    const random = Random.of(8).split('step', step);
    for (const [path, { data }] of optimizer.gradients) random.split(path).fillNormal(data);
    const rows = new Float32Array(3 * WIDTH);
    random.split('rows').fillNormal(rows);
    if (step >= 6) optimizer.addRows(TABLE, Int32Array.of(1, step % 9, 1), rows);
    optimizer.step(pathsAt(step));
  }
}

const bytes = ({ data }: { readonly data: Float32Array }): Buffer => {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
};

/** Through what a checkpoint holds: bytes of tensors, and JSON. */
function throughFile(state: OptimizerState): OptimizerState {
  const { tensors, record } = packState(state);
  const read = [...tensors].map(([name, tensor]) => {
    return [name, float32Tensor(new Float32Array(Uint8Array.from(bytes(tensor)).buffer), tensor.shape)] as const;
  });
  return unpackState(new Map(read), JSON.parse(JSON.stringify(record)));
}

function everything({ parameters, state }: Optimizer): unknown {
  const { tensors, record } = packState(state);
  return [record, ...[...parameters, ...tensors].map(([name, tensor]) => [name, bytes(tensor).toString('hex')])];
}

const whole = new Optimizer(trained, model(), { rowTables });
train(whole, 0, 12);

test('a run cut anywhere and resumed through a file goes on bit for bit, thaws included', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }), (a, b) => {
      const cuts = [0, Math.min(a, b), Math.max(a, b), 12];
      let optimizer = new Optimizer(trained, model(), { rowTables });
      cuts.slice(1).forEach((to, i) => {
        train(optimizer, cuts[i] ?? 0, to);
        const next = new Optimizer(trained, optimizer.parameters, { rowTables });
        next.restore(throughFile(optimizer.state));
        expect(everything(next)).toEqual(everything(optimizer));
        optimizer = next;
      });
      expect(everything(optimizer)).toEqual(everything(whole));
    }),
    { numRuns: 30 },
  );
});

test('a parameter that was frozen by its label is thawed by another partition, and starts afresh', () => {
  const heads = new Optimizer(thawing, model(), { rowTables });
  train(heads, 0, 3);
  const all = new Optimizer(trained, heads.parameters, { rowTables });
  all.restore(throughFile(heads.state));
  train(all, 3, 12);
  expect(everything(all)).toEqual(everything(whole));
});

test('restoring into an optimizer that has run on forgets what it had', () => {
  const optimizer = new Optimizer(trained, model(), { rowTables });
  train(optimizer, 0, 2);
  const [early, parameters] = [structuredClone(optimizer.state), structuredClone(optimizer.parameters)];
  train(optimizer, 2, 12);
  optimizer.restore(early);
  for (const [path, { data }] of parameters) optimizer.parameters.get(path)?.data.set(data);
  train(optimizer, 2, 12);
  expect(everything(optimizer)).toEqual(everything(whole));
});

test('names in a checkpoint are slot and path; what has taken no step is not in it', () => {
  const optimizer = new Optimizer(trained, model(), { rowTables });
  train(optimizer, 0, 4);
  const { tensors, record } = packState(optimizer.state);
  expect([...tensors.keys()]).toEqual([`adam.firstMoment/${QUERY}`, `adam.secondMoment/${QUERY}`, `trace/${BIAS}`]);
  expect(record).toEqual({
    version: 1,
    step: 4,
    counts: { [BIAS]: 4, [QUERY]: 1 },
    labels: { [TABLE]: 'encoder', [QUERY]: 'encoder', [BIAS]: 'heads' },
  });
});

describe('a state that does not fit is refused before anything changes', () => {
  const good = whole.state;
  const [moments] = [good.slots.get('adam.firstMoment') ?? new Map<string, never>()];
  const replaced = (slot: string, arrays: Parameters): OptimizerState => {
    return { ...good, slots: new Map([...good.slots, [slot, arrays]]) };
  };
  const shorter = new Map([...moments, [QUERY, float32Tensor([1], [1])] as const]);
  const relabelled = new Map([...good.labels, [QUERY, 'heads'] as const]);

  test.each<[string, OptimizerState, string]>([
    ['a step that is none', { ...good, step: 1.5 }, 'the state has taken 1.5 steps; that is not a number of steps'],
    ['another model', { ...good, counts: new Map([['heads.intnt.output.bias', 1]]) }, `did you mean ${BIAS}?`],
    ['a count that is none', { ...good, counts: new Map([[BIAS, -1]]) }, `the state has taken -1 steps of ${BIAS}`],
    ['a missing array', replaced('trace', new Map()), `the state has no trace of ${BIAS}, which this optimizer keeps`],
    ['another size', replaced('adam.firstMoment', shorter), `adam.firstMoment of ${QUERY} has 1 values, not 144`],
    ['another array', replaced('sum', moments), `the state has sum of ${TABLE}, which this optimizer does not keep`],
    [
      'another label',
      { ...good, labels: relabelled },
      `has ${QUERY} under the label heads; this optimizer has it under`,
    ],
  ])('%s', (_, state, message) => {
    const optimizer = new Optimizer(trained, model(), { rowTables });
    train(optimizer, 0, 2);
    const before = structuredClone(everything(optimizer));
    expect(() => optimizer.restore(state)).toThrow(ArgumentError);
    expect(() => optimizer.restore(state)).toThrow(message);
    expect(everything(optimizer)).toEqual(before);
  });

  test('of a parameter that is frozen here', () => {
    const frozen = new Optimizer(thawing, model());
    expect(() => frozen.restore(good)).toThrow(`the state has 9 steps of ${QUERY}, which is frozen in this optimizer`);
  });
});

test.each<[unknown, string]>([
  [null, 'must be an object with version 1 and a step'],
  [{ version: 2, step: 0 }, 'must be an object with version 1 and a step'],
  [{ version: 1, step: 0, labels: {} }, 'has no object "counts"'],
  [{ version: 1, step: 0, counts: { a: '1' }, labels: {} }, 'has "1" in "counts" of a'],
])('a record that is none is refused: %o', (record, message) => {
  expect(() => unpackState(new Map(), record)).toThrow(ArgumentError);
  expect(() => unpackState(new Map(), record)).toThrow(message);
});

test('a tensor of another name is refused', () => {
  const { tensors, record } = packState(whole.state);
  const renamed = new Map([...tensors.values()].map((tensor) => ['heads.intent.output.bias', tensor]));
  expect(() => unpackState(renamed, record)).toThrow('is not a tensor of an optimizer');
});
