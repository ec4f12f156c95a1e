// Sequence classifiers of transformers: what is read has the logits that PyTorch gave, what is written is read there too.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, int32Tensor, SentenceMtlError } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { classification, TaskConfigError, type RegressionTask } from '@sentence-mtl/heads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ModelError } from '../errors.ts';
import { absence, golden, goldenJson, goldenTensors } from '../golden.test.support.ts';
import { outputName, predictionProgram } from '../tasks/prediction-program.ts';
import { addTask, createTaskModel, type TaskModel } from '../tasks/task-model.ts';
import { readSequenceClassifier } from './read-sequence-classifier.ts';
import { writeSequenceClassifier } from './write-sequence-classifier.ts';

const FIXTURES = new URL('../../fixtures/sequence-classifiers', import.meta.url).pathname;
const TOLERANCE = 1e-5;

type Matrix = readonly (readonly number[])[];
interface Recorded {
  readonly ids: Matrix;
  readonly mask: Matrix;
  readonly logits: Matrix;
}

const { models } = JSON.parse(readFileSync(join(FIXTURES, 'logits.json'), 'utf8')) as {
  readonly models: Readonly<Record<string, Recorded>>;
};
const named = Object.entries(models);

const engine = await onnxruntimeEngine({ threads: 1 });
let target = '';
beforeAll(() => {
  target = mkdtempSync(join(tmpdir(), 'classifiers-'));
});
afterAll(async () => {
  rmSync(target, { recursive: true });
  await engine.dispose();
});

async function logitsOf(
  { config, tasks, parameters }: TaskModel,
  { ids, mask }: Omit<Recorded, 'logits'>,
): Promise<readonly number[]> {
  const program = predictionProgram(config, tasks, { tasks: ['mood'], columns: 1, embedding: false });
  const executable = await engine.compile(program);
  const tensor = (rows: Matrix) => int32Tensor(rows.flat(), [rows.length, rows[0]?.length ?? 0]);
  const segments = 'tokenTypeIds' in program.inputs ? { tokenTypeIds: tensor(ids.map((row) => row.map(() => 0))) } : {};
  const own = [...parameters].filter(([path]) => !path.startsWith('heads.') || path.startsWith('heads.mood.'));
  const outputs = await executable.run({
    inputIds: tensor(ids),
    attentionMask: tensor(mask),
    ...segments,
    ...Object.fromEntries(own),
  });
  await executable.dispose();
  return [...(outputs[outputName('mood')]?.data ?? [])];
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => expect(Math.abs(value - (expected[i] ?? NaN))).toBeLessThan(TOLERANCE));
}

describe.each(named)('%s', (architecture, recorded) => {
  it('gives the logits that transformers gives', async () => {
    expectClose(
      await logitsOf(await readSequenceClassifier(join(FIXTURES, architecture), 'mood'), recorded),
      recorded.logits.flat(),
    );
  });

  it('is the same when it is written and read again', async () => {
    const before = await readSequenceClassifier(join(FIXTURES, architecture), 'mood');
    const folder = join(target, architecture);
    await writeSequenceClassifier(folder, before, 'mood');
    const after = await readSequenceClassifier(folder, 'mood');
    expect(after.tasks).toEqual(before.tasks);
    expect(after.parameters).toEqual(before.parameters);
  });
});

describe('the task of a sequence classifier', () => {
  const taskIn = async (architecture: string) =>
    (await readSequenceClassifier(join(FIXTURES, architecture), 'mood')).tasks['mood'];

  it('has the kind, the labels and the dropout of config.json', async () => {
    const labels = ['negative', 'neutral', 'positive'];
    expect(await taskIn('bert')).toMatchObject({
      kind: 'multi-label',
      labels,
      head: { dropout: 0.3, inputDropout: 0 },
    });
    expect(await taskIn('distilbert')).toMatchObject({
      kind: 'classification',
      labels,
      head: { dropout: 0.2, activation: 'relu' },
    });
    expect(await taskIn('roberta')).toMatchObject({ kind: 'classification', labels, head: { inputDropout: 0.1 } });
    expect(await taskIn('xlm-roberta')).toMatchObject({ kind: 'regression', size: 2 });
    expect(await taskIn('mpnet')).toMatchObject({ kind: 'classification', head: { dropout: 0.2, activation: 'tanh' } });
    expect(await taskIn('electra')).toMatchObject({ kind: 'regression', size: 1, head: { activation: 'gelu' } });
    expect(await taskIn('albert')).toMatchObject({ kind: 'classification', labels, head: { dropout: 0.25 } });
  });

  it('keeps its predictions in the units of its targets', async () => {
    const plain = await readSequenceClassifier(join(FIXTURES, 'electra'), 'mood');
    const scale = { means: [10], deviations: [4] };
    const task = { ...plain.tasks['mood'], standardize: true, scale } as RegressionTask;
    await writeSequenceClassifier(join(target, 'scaled'), { ...plain, tasks: { mood: task } }, 'mood');
    const written = await readSequenceClassifier(join(target, 'scaled'), 'mood');
    const recorded = models['electra'] ?? expect.unreachable('electra is recorded');
    expectClose(
      await logitsOf(written, recorded),
      recorded.logits.flat().map((value) => 10 + 4 * value),
    );
  });
});

describe.skipIf(absence !== undefined)(absence ?? 'the large fixtures', () => {
  it('distilbert-sequence-classification gives the recorded logits', async () => {
    const model = await readSequenceClassifier(golden('models/distilbert-sequence-classification'), 'mood');
    const { texts } = goldenJson<{ texts: readonly { input_ids: readonly number[] }[] }>('forward/distilbert.json');
    const longest = Math.max(...texts.map(({ input_ids }) => input_ids.length));
    const padded = (row: readonly number[], fill: number) => [
      ...row,
      ...Array.from({ length: longest - row.length }, () => fill),
    ];
    const ids = texts.map(({ input_ids }) => padded(input_ids, 0));
    const mask = texts.map(({ input_ids }) =>
      padded(
        input_ids.map(() => 1),
        0,
      ),
    );
    const expected = (await goldenTensors('forward/distilbert-sequence-classification.safetensors')).get('logits');
    expectClose(await logitsOf(model, { ids, mask }), [...(expected?.data ?? [])]);
  });
});

describe('what is no sequence classifier is refused:', () => {
  const refused: Readonly<
    Record<string, readonly [Readonly<Record<string, unknown>>, new (...arguments_: never[]) => Error, string]>
  > = {
    'another model': [
      { architectures: ['BertForMaskedLM'] },
      ModelError,
      'is of BertForMaskedLM; a BertForSequenceClassification is needed',
    ],
    'labels with a gap': [{ id2label: { 0: 'a', 2: 'b' } }, ModelError, 'id2label has missing at 1'],
    'labels that repeat': [{ id2label: { 0: 'a', 1: 'a', 2: 'b' } }, TaskConfigError, 'which is there already'],
    'more labels than outputs': [
      { id2label: { 0: 'a', 1: 'b', 2: 'c', 3: 'd' } },
      ModelError,
      'but the config asks for (4',
    ],
    'an unknown problem': [
      { problem_type: 'ranking' },
      ModelError,
      'problem_type is "ranking"; it is one of regression',
    ],
  };

  it.each(Object.entries(refused))('%s', async (what, [change, kind, message]) => {
    const folder = join(target, what);
    cpSync(join(FIXTURES, 'bert'), folder, { recursive: true });
    const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as Record<string, unknown>;
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...config, ...change }));
    const read = readSequenceClassifier(folder, 'mood');
    await expect(read).rejects.toThrow(kind);
    await expect(read).rejects.toThrow(SentenceMtlError);
    await expect(read).rejects.toThrow(message);
  });

  it('a model without a head, a head of our own, a task that is not there', async () => {
    const nano = new URL('../../fixtures/nano-bert', import.meta.url).pathname;
    await expect(readSequenceClassifier(nano, 'mood')).rejects.toThrow(ModelError);
    const read = await readSequenceClassifier(join(FIXTURES, 'bert'), 'mood');
    const own = addTask(read, 'own', classification(['a', 'b']), 1);
    await expect(writeSequenceClassifier(join(target, 'own'), own, 'own')).rejects.toThrow(
      'the head of task "own" is not the one that BertForSequenceClassification has, a hidden layer of 8 on the first token',
    );
    await expect(writeSequenceClassifier(join(target, 'own'), own, 'mod')).rejects.toThrow(ArgumentError);
  });
});

const python = process.env['SENTENCE_MTL_PYTHON'];
const SCRIPT = `
import json, sys, torch
from transformers import AutoModelForSequenceClassification
out = {}
for name, one in json.loads(sys.stdin.read()).items():
    model = AutoModelForSequenceClassification.from_pretrained(f"{sys.argv[1]}/{name}").eval()
    with torch.no_grad():
        logits = model(input_ids=torch.tensor(one["ids"]), attention_mask=torch.tensor(one["mask"])).logits
    out[name] = {"logits": logits.tolist(), "problem": model.config.problem_type, "labels": list(model.config.id2label.values())}
print(json.dumps(out))
`;

function hasTransformers(): boolean {
  if (python === undefined) return false;
  try {
    execFileSync(python, ['-c', 'import torch, transformers'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const skipped = !hasTransformers();
if (skipped) console.log('SKIPPED sequence classifiers in transformers: SENTENCE_MTL_PYTHON has none');
describe.skipIf(skipped)('transformers', () => {
  it('loads what is written, with the same logits', { timeout: 120_000 }, async () => {
    for (const [name] of named) {
      const model = await readSequenceClassifier(join(FIXTURES, name), 'mood');
      await writeSequenceClassifier(join(target, 'python', name), model, 'mood');
    }
    const output = execFileSync(python ?? '', ['-c', SCRIPT, join(target, 'python')], {
      encoding: 'utf8',
      input: JSON.stringify(models),
      env: { ...process.env, HF_HUB_OFFLINE: '1' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const loaded = JSON.parse(output) as Readonly<
      Record<string, { logits: Matrix; problem: string; labels: string[] }>
    >;
    for (const [name, { logits }] of named) expectClose(loaded[name]?.logits.flat() ?? [], logits.flat());
    expect(loaded['bert']).toMatchObject({
      problem: 'multi_label_classification',
      labels: ['negative', 'neutral', 'positive'],
    });
  });
});

it('a model with a fresh head of that layout can be written', async () => {
  const { config, parameters, notices } = await readSequenceClassifier(join(FIXTURES, 'bert'), 'mood');
  const { tasks } = await readSequenceClassifier(join(FIXTURES, 'bert'), 'other');
  const fresh = createTaskModel({ config, parameters, notices }, tasks, 3);
  await writeSequenceClassifier(join(target, 'fresh'), fresh, 'other');
  expect(
    (await readSequenceClassifier(join(target, 'fresh'), 'other')).parameters.get('heads.other.output.bias'),
  ).toEqual(fresh.parameters.get('heads.other.output.bias'));
});
