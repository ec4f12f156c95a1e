import { float32Tensor, int32Tensor, ProgramError, Random, type HostTensor, type Parameters } from '@sentence-mtl/core';
import { lossValue } from '@sentence-mtl/losses';
import { normalize } from '@sentence-mtl/pooling';
import {
  defineProgram,
  dropoutKey,
  float32,
  gradient,
  int32,
  type InputTypes,
  type Program,
  type Value,
} from '@sentence-mtl/program';
import { referenceEngine } from '@sentence-mtl/reference-engine';
import { describe, expect, it } from 'vitest';
import { classification } from './kinds/classification.ts';
import { embedding } from './kinds/embedding.ts';
import { multiLabel } from './kinds/multi-label.ts';
import { pairClassification } from './kinds/pair-classification.ts';
import { pairSimilarity } from './kinds/pair-similarity.ts';
import { regression } from './kinds/regression.ts';
import { labelTotals, lossScope } from './label-totals.ts';
import { encodeLabels, fitTask } from './labels.ts';
import type { Task } from './task-kinds.ts';
import {
  initialTaskParameters,
  labelType,
  taskLoss,
  taskOutputs,
  taskParameterSpecs,
  textCount,
} from './task-program.ts';
import type { Tasks } from './tasks.ts';

const SIZES = { embedding: 4, tokens: 3 };
const ROWS = 4;

interface Settings {
  readonly dropout?: boolean;
  readonly fedTotal?: boolean;
}

/** A task on given embeddings: its outputs, loss, what its rows count, and the gradient of every parameter. */
function taskProgram(name: string, task: Task, { dropout = false, fedTotal = false }: Settings = {}): Program {
  const specs = taskParameterSpecs(name, task, SIZES);
  const count = textCount(task);
  const texts = Array.from({ length: count }, (_, i) => i);
  const inputs: InputTypes = {
    ...Object.fromEntries(texts.map((i) => [`text${i}`, float32('batch', SIZES.embedding)])),
    ...Object.fromEntries([...specs].map(([path, { shape }]) => [path, float32(...shape)])),
    labels: labelType(task),
    ...(dropout && { key: int32(2) }),
    ...(fedTotal && { total: float32() }),
  };
  return defineProgram(inputs, (values) => {
    const at = (path: string): Value => values[path] ?? expect.unreachable(`no input ${path}`);
    const read = texts.map((i) => ({ embedding: at(`text${i}`), normalized: normalize(at(`text${i}`)) }));
    const outputs = taskOutputs(name, task, read, { parameters: at, dropoutKey: dropout ? at('key') : undefined });
    const loss = taskLoss(task, outputs, at('labels'));
    const value = lossValue(loss, fedTotal ? at('total') : undefined);
    const paths = [...specs.keys(), 'text0'];
    const slopes = gradient(value, paths.map(at));
    const [output] = outputs;
    return {
      output,
      loss: value,
      ...(loss.scope === 'rows' && { weights: loss.weights }),
      ...Object.fromEntries(paths.map((path, i) => [`gradient.${path}`, slopes[i] ?? value])),
    };
  });
}

type Tensors = Readonly<Record<string, HostTensor>>;

async function run(program: Program, feeds: Tensors): Promise<Readonly<Record<string, readonly number[]>>> {
  const executable = await referenceEngine().compile(program);
  const outputs = await executable.run(feeds);
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, [...data]]));
}

function textFeeds(count: number, rows = ROWS): Tensors {
  const random = Random.of(5);
  const text = (i: number): HostTensor => {
    const data = new Float32Array(rows * SIZES.embedding);
    random.split(i).fillNormal(data);
    return float32Tensor(data, [rows, SIZES.embedding]);
  };
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`text${i}`, text(i)]));
}

const parametersOf = (name: string, task: Task): Parameters =>
  initialTaskParameters({ [name]: task }, SIZES, Random.of(1));

const cases: Readonly<Record<string, readonly [task: Task, labels: readonly unknown[]]>> = {
  classes: [classification(['x', 'y', 'z']), ['y', null, 'z', 'x']],
  'smoothed and weighted classes': [
    classification(['x', 'y', 'z'], {
      head: { hiddenSizes: [5, 3], activation: 'tanh', logitScale: 10 },
      loss: { type: 'crossEntropy', labelSmoothing: 0.1, classWeights: { y: 3, z: 0.5 } },
    }),
    ['y', null, 'z', 'x'],
  ],
  'focal classes': [classification(['x', 'y'], { loss: { type: 'focal', gamma: 1.5 } }), ['y', 'x', null, 'x']],
  tags: [
    multiLabel(['x', 'y'], { loss: { type: 'binaryCrossEntropy', positiveWeights: { x: 4 } } }),
    [['x'], [], null, ['x', 'y']],
  ],
  'focal tags': [multiLabel(['x', 'y'], { loss: { type: 'focal' } }), [['x'], [], null, ['y']]],
  numbers: [regression({ head: { input: 'embedding', hiddenSizes: [4] } }), [1.5, null, -2, 0]],
  'numbers with outliers': [regression({ size: 2, loss: { type: 'huber' } }), [[1, 2], null, [0, 9], [0, 0]]],
  'numbers on a scale of their own': [
    fitTask('t', regression({ standardize: true, loss: { type: 'meanAbsoluteError' } }), [10, 20]),
    [11, null, 25, 14],
  ],
  similarities: [pairSimilarity({ range: [0, 5] }), [5, null, 0, 2.5]],
  'ranked similarities': [pairSimilarity({ loss: { type: 'cosent' } }), [1, null, 0, 0.5]],
  'classes of pairs': [pairClassification(['x', 'y'], { reads: { product: true } }), ['x', 'y', null, 'x']],
  'texts that belong together': [
    embedding({ loss: { type: 'multipleNegativesRanking', hardNegatives: 1 } }),
    [1, null, 1, 1],
  ],
  'texts that find each other': [
    embedding({ loss: { type: 'multipleNegativesRanking', symmetric: true } }),
    [1, 1, 1, null],
  ],
  triplets: [embedding({ loss: { type: 'triplet', distance: 'euclidean' } }), [1, null, 1, 1]],
  'pairs that are alike or not': [embedding({ loss: { type: 'contrastive', distance: 'manhattan' } }), [1, 0, null, 0]],
  'hard pairs': [embedding({ loss: { type: 'onlineContrastive', margin: 1 } }), [1, 0, null, 0]],
};

describe.each(Object.entries(cases))('%s', (_title, [task, labels]) => {
  const count = textCount(task);
  const fixed = { ...textFeeds(count), ...Object.fromEntries(parametersOf('t', task)) };
  const encoded = encodeLabels('t', task, labels);

  it('have a finite loss, and gradients that agree with finite differences', async () => {
    const program = taskProgram('t', task);
    const outputs = await run(program, { ...fixed, labels: encoded });
    expect(outputs['loss']?.every(Number.isFinite)).toBe(true);
    const [path = 'text0'] = [...parametersOf('t', task).keys()].filter((each) => each.endsWith('output.weight'));
    const tensor = fixed[path] ?? expect.unreachable(`no feed ${path}`);
    const step = 1e-3;
    const moved = async (by: number): Promise<number> => {
      const data = Float32Array.from(tensor.data);
      data[0] = (data[0] ?? 0) + by;
      const { loss } = await run(program, { ...fixed, labels: encoded, [path]: float32Tensor(data, tensor.shape) });
      return loss?.[0] ?? NaN;
    };
    const slope = ((await moved(step)) - (await moved(-step))) / (2 * step);
    expect(outputs[`gradient.${path}`]?.[0]).toBeCloseTo(slope, 2);
  });

  it('have a loss and gradients of exactly 0 where no row has a label', async () => {
    const none = encodeLabels(
      't',
      task,
      labels.map(() => null),
    );
    const { output: _, ...others } = await run(taskProgram('t', task), { ...fixed, labels: none });
    for (const values of Object.values(others)) expect(values.every((value) => value === 0)).toBe(true);
  });

  it('say whether a batch may be cut, and what their labels count', async () => {
    const { weights } = await run(taskProgram('t', task), { ...fixed, labels: encoded });
    expect(lossScope(task)).toBe(weights === undefined ? 'batch' : 'rows');
    const totals = labelTotals({ t: task });
    if (totals === undefined) return expect(weights).toBeUndefined();
    expect(Object.keys(totals.inputs)).toEqual(['labels.t']);
    const counted = await run(totals, { 'labels.t': encoded });
    expect(counted['total.t']?.[0]).toBeCloseTo(
      (weights ?? []).reduce((a, b) => a + b, 0),
      6,
    );
    return undefined;
  });

  it('add up over micro-batches that are fed the total of the batch', async () => {
    if (lossScope(task) === 'batch') return;
    const whole = await run(taskProgram('t', task), { ...fixed, labels: encoded });
    const total = (whole['weights'] ?? []).reduce((a, b) => a + b, 0);
    const program = taskProgram('t', task, { fedTotal: true });
    const part = async (from: number, to: number): Promise<Readonly<Record<string, readonly number[]>>> => {
      const texts = Object.entries(textFeeds(count)).map(([name, { data }]) => {
        const rows = Float32Array.from(data.slice(from * SIZES.embedding, to * SIZES.embedding));
        return [name, float32Tensor(rows, [to - from, SIZES.embedding])] as const;
      });
      const part = encodeLabels('t', task, labels.slice(from, to));
      return run(program, { ...fixed, ...Object.fromEntries(texts), labels: part, total: float32Tensor([total], []) });
    };
    const [first, second] = [await part(0, 1), await part(1, ROWS)];
    for (const name of ['loss', ...[...parametersOf('t', task).keys()].map((path) => `gradient.${path}`)]) {
      whole[name]?.forEach((value, i) =>
        expect((first[name]?.[i] ?? NaN) + (second[name]?.[i] ?? NaN)).toBeCloseTo(value, 5),
      );
    }
  });
});

describe('a head', () => {
  it('is linear on the normalised embedding unless told otherwise', async () => {
    const task = classification(['x', 'y']);
    const program = taskProgram('t', task);
    const { output } = await run(program, {
      text0: float32Tensor([3, 4, 0, 0], [1, 4]),
      'heads.t.output.weight': float32Tensor([1, 0, 0, 0, 0, 2, 0, 0], [2, 4]),
      'heads.t.output.bias': float32Tensor([0.5, -0.5], [2]),
      labels: int32Tensor([0], [1]),
    });
    expect(output?.[0]).toBeCloseTo(0.6 + 0.5, 6);
    expect(output?.[1]).toBeCloseTo(1.6 - 0.5, 6);
  });

  it('has hidden layers, and a factor of its input', async () => {
    const task = classification(['x', 'y'], {
      head: { hiddenSizes: [1], activation: 'relu', input: 'embedding', logitScale: 4 },
    });
    const specs = taskParameterSpecs('t', task, SIZES);
    expect([...specs].map(([path, { shape }]) => [path, shape])).toEqual([
      ['heads.t.logitScale', []],
      ['heads.t.hidden.0.weight', [1, 4]],
      ['heads.t.hidden.0.bias', [1]],
      ['heads.t.output.weight', [2, 1]],
      ['heads.t.output.bias', [2]],
    ]);
    expect(parametersOf('t', task).get('heads.t.logitScale')?.data[0]).toBeCloseTo(Math.log(4), 6);
    const { output } = await run(taskProgram('t', task), {
      text0: float32Tensor([1, 0, 0, 0, -1, 0, 0, 0], [2, 4]),
      'heads.t.logitScale': float32Tensor([Math.log(4)], []),
      'heads.t.hidden.0.weight': float32Tensor([2, 0, 0, 0], [1, 4]),
      'heads.t.hidden.0.bias': float32Tensor([1], [1]),
      'heads.t.output.weight': float32Tensor([1, -1], [2, 1]),
      'heads.t.output.bias': float32Tensor([0, 0], [2]),
      labels: int32Tensor([0, 0], [2]),
    });
    output?.forEach((value, i) => expect(value).toBeCloseTo([9, -9, 0, 0][i] ?? NaN, 5));
  });

  it('starts the same whatever other tasks there are, within PyTorch’s bounds', () => {
    const [a, b] = [classification(['x', 'y']), regression({ head: { hiddenSizes: [6] } })];
    const alone = initialTaskParameters({ a }, SIZES, Random.of(3));
    const both: Tasks = { b, a };
    const together = initialTaskParameters(both, SIZES, Random.of(3));
    expect(together.get('heads.a.output.weight')?.data).toEqual(alone.get('heads.a.output.weight')?.data);
    expect(initialTaskParameters({ a }, SIZES, Random.of(4))).not.toEqual(alone);
    for (const { data } of together.values()) expect(data.every((value) => Math.abs(value) <= 0.5)).toBe(true);
  });

  it('drops elements of its own, the same whatever other tasks there are', async () => {
    const task = classification(['x', 'y'], { head: { hiddenSizes: [64], inputDropout: 0.5, dropout: 0.5 } });
    const feeds = {
      ...textFeeds(1),
      ...Object.fromEntries(parametersOf('t', task)),
      labels: int32Tensor([0, 1, 0, 1], [4]),
    };
    const withKey = async (name: string, step: number): Promise<readonly number[] | undefined> => {
      const renamed = Object.entries(feeds).map(([path, tensor]) => [
        path.replace('heads.t.', `heads.${name}.`),
        tensor,
      ]);
      const key = int32Tensor(dropoutKey(1, step), [2]);
      const { output } = await run(taskProgram(name, task, { dropout: true }), { ...Object.fromEntries(renamed), key });
      return output;
    };
    expect(await withKey('t', 1)).toEqual(await withKey('t', 1));
    expect(await withKey('t', 1)).not.toEqual(await withKey('t', 2));
    expect(await withKey('t', 1)).not.toEqual(await withKey('u', 1));
  });

  it('that pools tokens itself needs them', () => {
    const task = classification(['x', 'y'], { head: { input: { pooling: ['cls', 'mean'] } } });
    expect(taskParameterSpecs('t', task, SIZES).get('heads.t.output.weight')?.shape).toEqual([2, 6]);
    expect(() => taskProgram('t', task)).toThrow(ProgramError);
    expect(() => taskProgram('t', task)).toThrow('cannot run on sentence embeddings alone');
    expect(lossScope(task)).toBe('rows');
  });
});
