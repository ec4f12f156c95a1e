import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ArgumentError, float32Tensor } from '@sentence-mtl/core';
import { freezeAll, NothingTrainsError } from '@sentence-mtl/freeze-strategies';
import {
  classification,
  defineTasks,
  embedding,
  LabelError,
  multiLabel,
  pairClassification,
  pairSimilarity,
  regression,
} from '@sentence-mtl/heads';
import { readTaskModel } from '@sentence-mtl/model';
import { describe, expect, it } from 'vitest';
import { CheckpointError, NonFiniteError, TrainingDataError, TrainingSettingsError } from './errors.ts';
import type { TrainingEvent } from './events.ts';
import { checkBestMetric } from './loop/check-best-metric.ts';
import type { TrainOptions } from './loop/train-options.ts';
import type { TrainingModel } from './training-model.ts';
import { train } from './train.ts';
import { someExamples, tinyModel } from './tiny-run.test.support.ts';
import { filesOf, tinyRun } from './train.test.support.ts';

const withLabel = (
  labels: Record<string, unknown>,
  texts: readonly string[] = ['the sun'],
): TrainOptions['training'] => [...someExamples(8), { texts, labels, place: 'rows.jsonl:9' }];

describe('before anything is trained, an error says what is wrong', () => {
  const cases: readonly (readonly [string, Partial<TrainOptions>, new (...args: never[]) => Error, string])[] = [
    ['no rows', { training: [] }, TrainingDataError, 'the training data has no rows'],
    ['an empty split', { validation: [] }, TrainingDataError, 'the validation data has no rows'],
    [
      'a task without labels',
      { training: someExamples(8).map((example) => ({ ...example, labels: { length: 1 } })) },
      TrainingDataError,
      'no training row has a label of task "topic"',
    ],
    [
      'an unknown label',
      { training: withLabel({ topic: 'wether' }) },
      LabelError,
      /rows.jsonl:9: .*"wether".*"weather"/.source,
    ],
    [
      'a label of two texts',
      { training: withLabel({ topic: 'food' }, ['a', 'b']) },
      TrainingDataError,
      'rows.jsonl:9: .*2 texts',
    ],
    ['nothing that trains', { freezing: freezeAll() }, NothingTrainsError, 'nothing to train'],
    ['no epochs', { steps: { length: { epochs: 0 }, batchSize: 8 } }, ArgumentError, 'the number of epochs is 0'],
    ['a rate of NaN', { settings: { learningRate: NaN } }, TrainingSettingsError, 'learningRate is NaN'],
    ['a rate below 0', { settings: { headLearningRate: -1 } }, TrainingSettingsError, 'headLearningRate is -1'],
    [
      'an odd interval',
      { settings: { evaluateEvery: { steps: 0 } } },
      TrainingSettingsError,
      'evaluateEvery is every 0 steps',
    ],
    ['an odd budget', { tokenBudget: 0 }, TrainingSettingsError, 'tokenBudget is 0'],
    ['a norm of 0', { settings: { clipNorm: 0 } }, TrainingSettingsError, 'clipNorm is 0; .* finite number above 0$'],
    ['a rate of 1', { settings: { dropout: 1 } }, TrainingSettingsError, 'dropout is 1; .* from 0 to below 1$'],
    [
      'a mistyped setting',
      { settings: { learningRte: 1 } as object },
      TrainingSettingsError,
      'there is no setting "learningRte"; did you mean "learningRate"\\?',
    ],
    [
      'an odd choice',
      { settings: { nonFinite: 'ignore' as 'skip' } },
      TrainingSettingsError,
      'nonFinite is "ignore"; it is one of stop, skip',
    ],
    [
      'a metric that no task has',
      { settings: { bestMetric: 'topic.acuracy' } },
      TrainingSettingsError,
      'bestMetric: "topic.acuracy" is not the metric of a task; did you mean topic.accuracy\\?',
    ],
  ];
  it.each(cases)('%s', async (_, changes, kind, message) => {
    const options = await tinyRun(changes);
    const failed = train(options);
    await expect(failed).rejects.toBeInstanceOf(kind);
    await expect(failed).rejects.toThrow(new RegExp(message));
    expect((await filesOf(options.folder)).size).toBe(0);
  });
});

describe('a folder that holds something else', () => {
  it.each([
    ['a model', 'config.json', '{"model_type": "bert"}', 'has a config.json that is not of a run'],
    ['a folder named model', 'model/thesis.tex', 'do not lose me', 'has a model that is not of a run'],
    ['metrics of something else', 'metrics.jsonl', '{"mine": 1}\n', 'has a metrics.jsonl that is not of a run'],
  ])('(%s) is not trained into, and stays as it is', async (_, path, text, message) => {
    const options = await tinyRun();
    await mkdir(join(options.folder, dirname(path)), { recursive: true });
    await writeFile(join(options.folder, path), text);
    const before = await filesOf(options.folder);
    await expect(train(options)).rejects.toThrow(CheckpointError);
    await expect(train(options)).rejects.toThrow(message);
    expect(await filesOf(options.folder)).toEqual(before);
  });
});

it('every kind of task has a metric that the best model can be chosen by', () => {
  const tasks = defineTasks({
    a: classification(['x', 'y']),
    b: multiLabel(['x']),
    c: regression({ size: 2, standardize: false }),
    d: pairSimilarity(),
    e: pairClassification(['x', 'y']),
    f: embedding(),
    g: embedding({ loss: { type: 'contrastive' } }),
  });
  expect(() => checkBestMetric(tasks, 'mean')).not.toThrow();
  for (const name of [
    'a.accuracy',
    'b.f1Micro',
    'c.spearman',
    'd.spearman',
    'e.accuracy',
    'f.ndcgAt10',
    'g.spearman',
  ]) {
    expect(() => checkBestMetric(tasks, name), name).not.toThrow();
  }
  expect(() => checkBestMetric(tasks, 'h.accuracy')).toThrow(TrainingSettingsError);
});

describe('a run whose evaluations have no value', () => {
  it('keeps its last model', async () => {
    const validation = someExamples(4).map((example) => ({ ...example, labels: {} }));
    const { best, modelFolder, parameters } = await train(await tinyRun({ validation }));
    expect(best).toBeUndefined();
    const saved = await readTaskModel(modelFolder);
    const path = 'heads.topic.output.weight';
    expect(saved.parameters.get(path)?.data).toEqual(parameters.get(path)?.data);
  });
});

async function poisoned(): Promise<TrainingModel> {
  const model = await tinyModel();
  const path = 'heads.topic.output.bias';
  return { ...model, parameters: new Map([...model.parameters, [path, float32Tensor([NaN, 0], [2])]]) };
}

describe('a loss that is not a number', () => {
  it('stops the run, and names task, step and rows', async () => {
    const stopped = train(await tinyRun({ model: await poisoned() }));
    await expect(stopped).rejects.toBeInstanceOf(NonFiniteError);
    await expect(stopped).rejects.toThrow(
      /step 1: the loss of task "topic" is NaN, in the step with the rows rows\.jsonl:\d+, .* and 3 more/,
    );
  });

  it('leaves steps out where that is wanted, and changes nothing in them', async () => {
    const events: TrainingEvent[] = [];
    const model = await poisoned();
    const { parameters, reason } = await train(
      await tinyRun({
        model,
        onEvent: (event) => events.push(event),
        settings: { nonFinite: 'skip' },
        validation: undefined,
      }),
    );
    expect(reason).toBe('completed');
    expect(events.filter(({ kind }) => kind === 'skipped')).toHaveLength(18);
    for (const [path, { data }] of model.parameters) expect(parameters.get(path)?.data).toEqual(data);
  });
});

describe('a listener that fails', () => {
  it.each([
    [
      'throws',
      (): never => {
        throw new Error('no ear');
      },
    ],
    [
      'rejects',
      async (): Promise<never> => {
        throw new Error('no ear');
      },
    ],
  ] as const)('(%s) does not lose the run, and is told once', async (_, fail) => {
    const told: TrainingEvent[] = [];
    const { reason } = await train(
      await tinyRun({
        onEvent: (event) => {
          told.push(event);
          return event.kind === 'listenerFailed' ? undefined : fail();
        },
      }),
    );
    expect(reason).toBe('completed');
    expect(told.filter(({ kind }) => kind === 'listenerFailed')).toEqual([
      { kind: 'listenerFailed', message: 'no ear' },
    ]);
  });
});

describe('early stopping', () => {
  it('ends a run whose metric no longer rises, with the best model', async () => {
    const result = await train(
      await tinyRun({
        steps: { length: { epochs: 40 }, batchSize: 8 },
        settings: { patience: 2, learningRate: 0, headLearningRate: 0 },
      }),
    );
    // The last of three equal ones: equals are kept, and still end the run.
    expect([result.reason, result.history.length, result.best?.step]).toEqual(['earlyStopped', 3, 18]);
  });

  it('does not go on when it is resumed', async () => {
    const options = await tinyRun({
      steps: { length: { epochs: 40 }, batchSize: 8 },
      settings: { patience: 1, learningRate: 0, headLearningRate: 0 },
    });
    const first = await train(options);
    const second = await train({ ...options, resume: 'last' });
    expect([second.reason, second.step]).toEqual(['earlyStopped', first.step]);
  });
});
