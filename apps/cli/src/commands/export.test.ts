import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGraphDescription } from '@sentence-mtl/export';
import { classification, defineTasks, embedding, pairSimilarity, regression } from '@sentence-mtl/heads';
import { createTaskModel, readSentenceModel, readTaskModel, writeTaskModel } from '@sentence-mtl/model';
import { readModel } from '@sentence-mtl/onnx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TINY_MODEL } from '../run-built-program.test.support.ts';
import { run, type CommandRun } from './train.test.support.ts';

const tasks = defineTasks({
  intent: classification(['refund', 'cancel']),
  mood: regression(),
  alike: pairSimilarity({ range: [0, 5] }),
  near: embedding(),
});

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'export-'));
  await writeTaskModel(join(folder, 'model'), createTaskModel(await readSentenceModel(TINY_MODEL), tasks, 3));
});
afterAll(() => rmSync(folder, { recursive: true }));

const exported = async (...words: readonly string[]): Promise<CommandRun> => run(['export', ...words], folder);

describe('a graph', () => {
  test('goes into the folder of its model, and is told', async () => {
    const { exitCode, stdout, stderr } = await exported('model');
    expect(exitCode).toBe(0);
    expect(stdout.replaceAll(/ +/g, ' ').split('\n')).toEqual([
      expect.stringMatching(/model\/onnx\/model\.onnx [\d.]+ kB fp32, opset 17$/),
      '',
      'inputs input_ids, attention_mask, token_type_ids',
      'outputs last_hidden_state, sentence_embedding, logits_intent, logits_mood',
      'embedding 8 values of up to 24 tokens',
      'tasks intent: classification of 2 labels',
      ' mood: regression',
      '',
    ]);
    expect(stderr).toMatch(/^task "alike" compares two texts and is no output.*\ntask "near" has no output/);
    const { inputs } = readModel(readFileSync(join(folder, 'model/onnx/model.onnx')));
    expect(inputs.map(({ type, shape }) => [type, ...shape])).toEqual(
      inputs.map(() => ['int64', 'batch_size', 'sequence_length']),
    );
    expect((await readTaskModel(join(folder, 'model'))).tasks).toEqual(tasks);
  });

  test('goes into a folder of its own with the model, and has the tasks that are named', async () => {
    const { stdout } = await exported('model', '--out', 'web', '--tasks', 'intent', '--probabilities', '--json');
    const written = JSON.parse(stdout) as { readonly graphs: readonly { readonly outputs: readonly string[] }[] };
    expect(written).toMatchObject({
      folder: join(folder, 'web'),
      tasks: [{ name: 'intent', labels: ['refund', 'cancel'], probabilities: 'probabilities_intent' }],
      notices: [],
    });
    expect(written.graphs[0]?.outputs.slice(2)).toEqual(['logits_intent', 'probabilities_intent']);
    expect(readdirSync(join(folder, 'web')).toSorted()).toEqual(
      expect.arrayContaining([
        'config.json',
        'heads',
        'model.safetensors',
        'onnx',
        'tokenizer.json',
        'tokenizer_config.json',
      ]),
    );
    expect(await exported('model', '--out', 'web')).toMatchObject({ exitCode: 0 });
  });

  test('is of an encoder without tasks too, which may be the one that is built in', async () => {
    const { stdout } = await exported('minilm', '--out', 'minilm', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ tasks: [], graphs: [{ file: 'model.onnx', precision: 'fp32' }] });
    const { metadata } = readModel(readFileSync(join(folder, 'minilm/onnx/model.onnx')));
    expect(readGraphDescription(metadata)).toMatchObject({ architecture: 'bert', dimension: 384, maximumLength: 256 });
  });

  test('has the number formats that are asked for, each in a file of its own', async () => {
    const { stdout } = await exported('model', '--out', 'formats', '--precision', 'fp16,fp32', '--json');
    const { graphs } = JSON.parse(stdout) as { readonly graphs: readonly { file: string; bytes: number }[] };
    expect(graphs.map(({ file }) => file)).toEqual(['model.onnx', 'model_fp16.onnx']);
    const half = readModel(readFileSync(join(folder, 'formats/onnx/model_fp16.onnx')));
    expect(half.initializers.filter(({ type }) => type === 'float16').length).toBeGreaterThan(10);
    expect(half.outputs.map(({ type }) => type)).toEqual(['float32', 'float32', 'float32', 'float32']);
  });

  test('is of one task as a classifier of transformers, where that is asked for', async () => {
    const asked = ['--as', 'sequence-classification', '--task', 'intent'];
    const { stdout, stderr } = await exported('model', '--out', 'classifier', ...asked, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ graphs: [{ outputs: ['logits'] }], tasks: [{ name: 'intent' }] });
    expect(stderr).toMatch(/^Python's transformers has no head like that of task "intent"/);
    const config: unknown = JSON.parse(readFileSync(join(folder, 'classifier/config.json'), 'utf8'));
    expect(config).toMatchObject({ id2label: { 0: 'refund', 1: 'cancel' }, label2id: { refund: 0, cancel: 1 } });
  });

  test('has the operators that are asked for', async () => {
    const opsets = async (...words: readonly string[]): Promise<readonly unknown[]> => {
      await exported('model', '--out', 'operators', ...words);
      const { irVersion, opsets: found } = readModel(readFileSync(join(folder, 'operators/onnx/model.onnx')));
      return [irVersion, Object.fromEntries(found)];
    };
    expect(await opsets('--opset', '17')).toEqual([8, { '': 17 }]);
    expect(await opsets('--opset', '20')).toEqual([9, { '': 20 }]);
    expect(await opsets('--fused')).toEqual([9, { '': 20, 'com.microsoft': 1 }]);
  });
});

test('a script for Python goes beside the model, or beside a copy of it', async () => {
  const { stdout } = await exported('model', '--to', 'python');
  expect(stdout).toMatch(/sentence_mtl_model\.py\n\nneeds: pip install sentence-transformers safetensors\n/);
  expect(readFileSync(join(folder, 'model/sentence_mtl_model.py'), 'utf8')).toContain('class Model:');
  for (let time = 0; time < 2; time++) {
    const { exitCode } = await exported('model', '--to', 'python', '--out', 'in-python');
    expect(exitCode).toBe(0);
    expect((await readTaskModel(join(folder, 'in-python'))).tasks).toEqual(tasks);
    expect(existsSync(join(folder, 'in-python/sentence_mtl_model.py'))).toBe(true);
    expect(existsSync(join(folder, 'in-python/onnx/model.onnx'))).toBe(false);
  }
});

describe('what is wrong is one sentence:', () => {
  beforeAll(async () => {
    mkdirSync(join(folder, 'thesis'));
    writeFileSync(join(folder, 'thesis/thesis.txt'), 'all of it');
    writeFileSync(join(folder, 'file'), 'x');
    for (const name of ['no-tokenizer', 'other-tokenizer', 'other-model']) {
      cpSync(join(folder, 'model'), join(folder, name), { recursive: true });
      rmSync(join(folder, name, 'onnx'), { recursive: true, force: true });
    }
    rmSync(join(folder, 'no-tokenizer/tokenizer.json'));
    writeFileSync(join(folder, 'other-tokenizer/tokenizer.json'), '{"model": {"type": "Sentences"}}');
  });

  test.each<[string, readonly string[], number, RegExp]>([
    [
      'an unknown task',
      ['model', '--tasks', 'intend'],
      2,
      /--tasks: the model has no task "intend"; did you mean "intent"\?/,
    ],
    ['a task of an encoder', ['minilm', '--out', 'x', '--tasks', 'a'], 2, /the model has no task "a"; it has none/],
    ['a task of pairs', ['model', '--tasks', 'alike'], 1, /task "alike" compares two texts and is no output/],
    [
      'a script with what is of graphs',
      ['model', '--to', 'python', '--fused'],
      2,
      /--to python writes a script and no/,
    ],
    ['an unknown language', ['model', '--to', 'pyton'], 2, /Did you mean python\?/],
    ['a script beside what is not the user’s', ['minilm', '--to', 'python'], 2, /--out is needed/],
    ['a task beside no kind', ['model', '--task', 'intent'], 2, /--task is for --as sequence-classification/],
    ['a kind without its task', ['model', '--as', 'sequence-classification'], 2, /is of one task: name it with --task/],
    [
      'a kind without its folder',
      ['model', '--as', 'sequence-classification', '--task', 'intent'],
      2,
      /writes another model: name its folder with --out/,
    ],
    [
      'a kind with more than it has',
      ['model', '--as', 'sequence-classification', '--task', 'intent', '--probabilities', '--out', 'x'],
      2,
      /leave --tasks and --probabilities out/,
    ],
    [
      'a kind in the place of its model',
      ['model', '--as', 'sequence-classification', '--task', 'intent', '--out', 'model'],
      1,
      /is the folder of a model that no export has written/,
    ],
    [
      'an unknown task of a kind',
      ['model', '--as', 'sequence-classification', '--task', 'intend', '--out', 'x'],
      2,
      /--task: the model has no task "intend"; did you mean "intent"\?/,
    ],
    [
      'a task that a kind does not have',
      ['model', '--as', 'sequence-classification', '--task', 'alike', '--out', 'x'],
      1,
      /task "alike" is of kind pair-similarity; a sequence classifier is of kind/,
    ],
    ['an unknown kind', ['model', '--as', 'sequence-clasification'], 2, /Did you mean sequence-classification\?/],
    [
      'an unknown precision',
      ['model', '--precision', 'fp23'],
      2,
      /"fp23" is not one of fp32, fp16, int8; did you mean fp32\?/,
    ],
    ['no precision', ['model', '--precision', ''], 2, /must not be empty/],
    ['an unknown opset', ['model', '--opset', '18'], 2, /must be one of 17, 20/i],
    ['an unknown format', ['model', '--format', 'onxn'], 2, /Did you mean onnx\?/],
    ['an unknown flag', ['model', '--precison', 'fp32'], 2, /unknown option '--precison'.*Did you mean --precision\?/],
    ['a drift of no int8 graph', ['model', '--max-drift', '1'], 2, /--max-drift: for graphs in int8 only/],
    [
      'data of no int8 graph',
      ['model', '--precision', 'fp16', '--data', 'a.csv'],
      2,
      /--data: for graphs in int8 only/,
    ],
    ['operators of two versions', ['model', '--opset', '17', '--fused'], 2, /--fused is for opset 20/],
    ['no model', ['nothere/'], 1, /cannot read the model folder .*nothere/],
    ['a model that is not the user’s', ['minilm'], 2, /--out is needed: minilm is not a folder of yours/],
    [
      'another model’s folder',
      ['model', '--out', 'other-model'],
      1,
      /is the folder of a model that no export has written/,
    ],
    [
      'a folder of something else',
      ['model', '--out', 'thesis'],
      1,
      /thesis is not empty and is not the folder of a model/,
    ],
    ['a file in the way', ['model', '--out', 'file'], 1, /file/],
    ['a folder that cannot be', ['model', '--out', 'file/below'], 1, /cannot (read|write) .*file\/below/],
    ['no tokenizer', ['no-tokenizer'], 1, /has no tokenizer.json; make one once, in Python/],
    [
      'a tokenizer of another kind',
      ['other-tokenizer', '--out', 'x'],
      1,
      /tokenizer model "Sentences" is not supported; supported are WordPiece, BPE, Unigram/,
    ],
  ])('%s', async (_, words, exitCode, message) => {
    const result = await exported(...words);
    expect(result).toMatchObject({ exitCode, stdout: '', stderr: expect.stringMatching(message) });
    expect(result.stderr).not.toMatch(/\n +at /);
    expect(existsSync(join(folder, 'x'))).toBe(false);
    expect(readFileSync(join(folder, 'thesis/thesis.txt'), 'utf8')).toBe('all of it');
    expect(existsSync(join(folder, 'other-model/onnx'))).toBe(false);
  });
});
