import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classification, defineTasks, embedding, multiLabel, pairSimilarity, regression } from '@sentence-mtl/heads';
import { createTaskModel, readSentenceModel, writeTaskModel } from '@sentence-mtl/model';
import { readModel, writeModel } from '@sentence-mtl/onnx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TINY_MODEL } from '../run-built-program.test.support.ts';
import { run, type CommandRun } from './train.test.support.ts';

const tasks = defineTasks({
  intent: classification(['refund', 'cancel']),
  tags: multiLabel(['urgent', 'angry']),
  mood: regression(),
  alike: pairSimilarity({ range: [0, 5] }),
  near: embedding(),
});

/** Labels that fit no better than chance; what counts is that two graphs are measured alike. */
const ROWS = Array.from({ length: 20 }, (_, i) => ({
  text: `the weather is ${'very '.repeat(i % 4)}good on day ${i}`,
  labels: { intent: i % 2 === 0 ? 'refund' : 'cancel', mood: i % 5 },
}));

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'));
  await writeTaskModel(join(folder, 'model'), createTaskModel(await readSentenceModel(TINY_MODEL), tasks, 3));
  writeFileSync(join(folder, 'dev.jsonl'), ROWS.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const { exitCode, stderr } = await inFolder(
    ...'export model --precision fp32,fp16,int8 --data dev.jsonl --max-drift 20'.split(' '),
  );
  if (exitCode !== 0) throw new Error(stderr);
});
afterAll(() => rmSync(folder, { recursive: true }));

const inFolder = async (...words: readonly string[]): Promise<CommandRun> => run(words, folder);

interface VerifiedJson {
  readonly texts: number;
  readonly own: { readonly metrics: Readonly<Record<string, { metric: string; value: number }>> };
  readonly graphs: readonly {
    readonly precision: string;
    readonly largest: number;
    readonly meanCosine: number;
    readonly bytes: number;
    readonly textsPerSecond: number;
    readonly tasks: Readonly<Record<string, { agreement: number; largest: number }>>;
    readonly metrics: Readonly<Record<string, number>>;
    readonly lost: Readonly<Record<string, number>>;
    readonly problems: readonly string[];
  }[];
}

async function verified(...words: readonly string[]): Promise<VerifiedJson & Pick<CommandRun, 'exitCode' | 'stderr'>> {
  const { stdout, exitCode, stderr } = await inFolder('verify', ...words, '--json');
  return { ...(JSON.parse(stdout) as VerifiedJson), exitCode, stderr };
}

describe('an int8 graph', () => {
  test('is written with what was measured of it, in the manifest and in its metadata', async () => {
    const { metadata, initializers } = readModel(readFileSync(join(folder, 'model/onnx/model_quantized.onnx')));
    const stored = JSON.parse(metadata.get('sentence_mtl.quantization') ?? '{}') as Readonly<Record<string, unknown>>;
    expect(stored).toMatchObject({ weightBits: 8, texts: 20, sample: 'given', lost: { intent: expect.any(Number) } });
    expect(Object.keys(stored['tasks'] ?? {})).toEqual(['intent', 'tags', 'mood']);
    expect(initializers.some(({ type }) => type === 'int8')).toBe(true);
    const { graphs } = JSON.parse(readFileSync(join(folder, 'model/onnx/export.json'), 'utf8')) as {
      readonly graphs: readonly { readonly precision: string; readonly quantization?: unknown }[];
    };
    expect(graphs.find(({ precision }) => precision === 'int8')?.quantization).toEqual(stored);
  });

  test('is told to people, measured on texts of our own where no others are given', async () => {
    const { stdout, exitCode } = await inFolder(
      ...'export model --out told --precision int8 --max-drift 50 --reduce-range'.split(' '),
    );
    expect(exitCode).toBe(0);
    expect(stdout.replaceAll(/ +/g, ' ')).toMatch(
      /int8 on 96 texts of our own\n embeddings: cosine 0\.\d+ on average.*\n intent: says the same of [\d.]+ %\n/,
    );
  });

  test('of one task, as a classifier, is measured with the embedding that it does not have', async () => {
    const { exitCode, stderr } = await inFolder(
      ...'export model --out one --as sequence-classification --task intent --precision int8 --max-drift 50'.split(' '),
    );
    expect([exitCode, stderr]).toEqual([0, expect.not.stringMatching(/error/)]);
    const { outputs, metadata } = readModel(readFileSync(join(folder, 'one/onnx/model_quantized.onnx')));
    expect(outputs.map(({ name }) => name)).toEqual(['logits']);
    expect(JSON.parse(metadata.get('sentence_mtl.quantization') ?? '')).toMatchObject({
      meanCosine: expect.any(Number),
      tasks: { intent: { agreement: expect.any(Number) } },
    });
  });

  test('that is too far off is not written, and the reason is told', async () => {
    const { exitCode, stderr } = await inFolder(
      ...'export model --out strict --precision int8 --max-drift -1'.split(' '),
    );
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /the model cannot be int8: task "intent" says something else of .* %, over|Nothing is written/,
    );
    expect(() => statSync(join(folder, 'strict'))).toThrow();
  });
});

describe('verify', () => {
  test('compares every graph of a folder with the model, on labelled rows', async () => {
    const { exitCode, texts, own, graphs } = await verified('model', '--data', 'dev.jsonl', '--max-drift', '20');
    expect([exitCode, texts]).toEqual([0, 20]);
    expect(Object.keys(own.metrics)).toEqual(['intent', 'mood']);
    expect(graphs.map(({ precision }) => precision)).toEqual(['fp32', 'fp16', 'int8']);
    const [fp32, fp16, int8] = graphs;
    expect(fp32?.largest).toBeLessThan(1e-5);
    expect(fp32?.tasks).toMatchObject({ intent: { agreement: 1 }, tags: { agreement: 1 }, mood: { agreement: 1 } });
    expect(fp32?.lost).toEqual({ intent: 0, mood: expect.closeTo(0, 3) });
    expect(fp16?.largest).toBeGreaterThan(fp32?.largest ?? 1);
    expect(int8?.largest).toBeGreaterThan(fp16?.largest ?? 1);
    expect(int8?.bytes).toBe(statSync(join(folder, 'model/onnx/model_quantized.onnx')).size);
    expect(int8?.textsPerSecond).toBeGreaterThan(0);
  });

  test('says so to people, a table of graphs and one of tasks', async () => {
    const { stdout, exitCode } = await inFolder('verify', 'model', '--max-drift', '50');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ +size +texts\/s +times +largest difference +mean cosine +least\nthe model/);
    expect(stdout).toMatch(/\nintent +fp32 +100\.0 %/);
    expect(stdout).toMatch(/96 texts, all within tolerance\n$/);
  });

  test('ends with 1 where a graph is beyond its tolerance', async () => {
    cpSync(join(folder, 'model'), join(folder, 'off'), { recursive: true });
    const path = join(folder, 'off/onnx/model.onnx');
    const graph = readModel(new Uint8Array(readFileSync(path)));
    const initializers = graph.initializers.map((tensor) =>
      tensor.name === 'heads.intent.output.bias'
        ? { ...tensor, data: new Uint8Array(Float32Array.of(0.5, -0.5).buffer) }
        : tensor,
    );
    writeFileSync(path, writeModel({ ...graph, initializers }));
    const { exitCode, graphs } = await verified('off', '--max-drift', '50');
    expect(exitCode).toBe(1);
    expect(graphs[0]?.problems).toEqual([expect.stringMatching(/^logits_intent differs by .*, over 0.00001$/)]);
    expect((await inFolder('verify', 'off', '--max-drift', '50')).stdout).toMatch(/beyond tolerance:\nfp32: logits_in/);
  });

  test('knows graphs with some of the tasks', async () => {
    await inFolder('export', 'model', '--out', 'some', '--tasks', 'mood');
    const { exitCode, graphs } = await verified('some');
    expect(exitCode).toBe(0);
    expect(Object.keys(graphs[0]?.tasks ?? {})).toEqual(['mood']);
  });

  test('has nothing to do where there is no graph, and says how to make one', async () => {
    await writeTaskModel(join(folder, 'bare'), createTaskModel(await readSentenceModel(TINY_MODEL), tasks, 3));
    expect(await inFolder('verify', 'bare')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/no exported graph to verify; make some with: sentence-mtl export ".*bare"/),
    });
  });
});

describe('--precision of commands that run a model', () => {
  test('predict says nearly the same with the graph in int8, and the same in fp32', async () => {
    const scores = async (...words: readonly string[]): Promise<readonly number[]> => {
      const { stdout, stderr } = await inFolder('predict', '--model', 'model', 'good day', '--json', ...words);
      expect(stderr).toBe('');
      const { rows } = JSON.parse(stdout) as { rows: readonly { predictions: { mood: { value: number } } }[] };
      return rows.map(({ predictions }) => predictions.mood.value);
    };
    const [own = 0] = await scores('--tasks', 'mood');
    expect(await scores('--tasks', 'mood', '--precision', 'fp32')).toEqual([expect.closeTo(own, 5)]);
    const [int8 = 0] = await scores('--tasks', 'mood', '--precision', 'int8');
    expect(int8).not.toBe(own);
    expect(int8).toBeCloseTo(own, 0);
  });

  test('encode does, and does not go on with a file of another precision', async () => {
    const words = ['encode', 'dev.jsonl', '--model', 'model', '--out', 'rows.jsonl'];
    expect(await inFolder(...words, '--precision', 'int8')).toMatchObject({ exitCode: 0 });
    const int8 = readFileSync(join(folder, 'rows.jsonl'), 'utf8');
    expect(await inFolder(...words, '--precision', 'fp32')).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(folder, 'rows.jsonl'), 'utf8')).not.toBe(int8);
  });

  test('is an error where there is no such graph', async () => {
    for (const words of [
      ['predict', 'good day'],
      ['encode', 'dev.jsonl'],
    ]) {
      const result = await inFolder(...words, '--model', 'bare', '--precision', 'int8');
      expect(result).toMatchObject({
        exitCode: 1,
        stderr: expect.stringMatching(/no graph in int8 .*sentence-mtl export/),
      });
    }
  });
});

test('cells of a table that have several labels are read as evaluate reads them', async () => {
  const rows = ['a fine day,urgent|angry', 'a bad day,angry', 'no day,urgent'];
  writeFileSync(join(folder, 'tags.csv'), `text,tags\n${rows.join('\n')}\n`);
  const { own, stderr } = await verified('model', '--data', 'tags.csv', '--max-drift', '100');
  const { stdout } = await inFolder('evaluate', 'model', 'tags.csv', '--json');
  const { tasks: evaluated } = JSON.parse(stdout) as { tasks: { tags: { measured: { interval: { value: number } } } } };
  expect(own.metrics['tags'], stderr).toMatchObject({
    metric: 'f1Micro',
    value: evaluated.tags.measured.interval.value,
  });
});
