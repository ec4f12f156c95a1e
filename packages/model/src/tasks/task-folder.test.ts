// A multi-task model on disk: saved and loaded again, its heads changed in place, and every way in which its files can be
// wrong.
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, float32Tensor, SentenceMtlError } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import {
  classification,
  embedding,
  multiLabel,
  pairSimilarity,
  regression,
  TaskConfigError,
  type Tasks,
} from '@sentence-mtl/heads';
import { ModelFileError } from '@sentence-mtl/model-files';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { ModelError } from '../errors.ts';
import { readSentenceModel } from '../read-sentence-model.ts';
import { SentenceEncoder } from '../sentence-encoder.ts';
import { MultiTaskModel } from './multi-task-model.ts';
import { readTaskModel } from './read-task-model.ts';
import { addSavedTask, removeSavedTask, renameSavedTask, type SavedTaskChange } from './saved-tasks.ts';
import { addTask, createTaskModel, removeTask, renameTask, type TaskModel } from './task-model.ts';
import { writeTaskModel } from './write-task-model.ts';

const FOLDER = new URL('../../fixtures/nano-bert', import.meta.url).pathname;
const TEXTS = ['good day', 'the weather is good today', 'no'];
const tasks = {
  intent: classification(['refund', 'cancel'], { head: { hiddenSizes: [6], logitScale: 10 } }),
  tags: multiLabel(['urgent', 'angry'], { thresholds: { urgent: 0.25 } }),
  mood: { ...regression({ standardize: true }), scale: { means: [3], deviations: [2] } },
  alike: pairSimilarity(),
  near: embedding(),
};

const engine = await onnxruntimeEngine({ threads: 1 });
let target = '';
let data: TaskModel<typeof tasks>;
beforeAll(async () => {
  target = mkdtempSync(join(tmpdir(), 'tasks-'));
  data = { ...createTaskModel(await readSentenceModel(FOLDER), tasks, 7), provenance: { seed: 7 } };
  await writeTaskModel(join(target, 'saved'), data);
});
afterAll(async () => {
  rmSync(target, { recursive: true });
  await engine.dispose();
});

/** A copy of the saved model, to be spoiled. */
function copy(name: string): string {
  cpSync(join(target, 'saved'), join(target, name), { recursive: true });
  return join(target, name);
}

const jsonIn = (folder: string, file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>;

/** Every file below a folder with its content. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return new Map(paths.toSorted().map((path) => [path, readFileSync(join(folder, path), 'base64')]));
}

describe('a saved model', () => {
  it('has the same parameters, to the bit, and the same predictions when it is loaded', async () => {
    const loaded = await readTaskModel(join(target, 'saved'));
    expect(loaded.tasks).toEqual(data.tasks);
    expect(Object.keys(loaded.tasks)).toEqual(Object.keys(tasks));
    expect(loaded.provenance).toEqual({ seed: 7 });
    expect([...loaded.parameters.keys()].toSorted()).toEqual([...data.parameters.keys()].toSorted());
    for (const [path, tensor] of data.parameters) expect(loaded.parameters.get(path), path).toEqual(tensor);
    await using before = new MultiTaskModel(data, { engine });
    await using after = await MultiTaskModel.load(join(target, 'saved'), { engine });
    expect(await after.predict(TEXTS, { embeddings: true })).toEqual(await before.predict(TEXTS, { embeddings: true }));
    expect(await after.predictPairs([['good day', 'no']])).toEqual(await before.predictPairs([['good day', 'no']]));
  });

  it('is written with the same bytes each time, and is a sentence encoder for who wants no more', async () => {
    await writeTaskModel(join(target, 'again'), await readTaskModel(join(target, 'saved')));
    expect(filesIn(join(target, 'again'))).toEqual(filesIn(join(target, 'saved')));
    const modules = readFileSync(join(target, 'saved', 'modules.json'), 'utf8');
    expect(modules).not.toContain('heads');
    await using encoder = await SentenceEncoder.load(join(target, 'saved'), { engine });
    await using plain = await SentenceEncoder.load(FOLDER, { engine });
    expect(await encoder.encode(TEXTS)).toEqual(await plain.encode(TEXTS));
  });

  it('has the labels of the tasks that are expected, for the compiler too', async () => {
    const { intent } = tasks;
    await using model = await MultiTaskModel.load(join(target, 'saved'), { engine, tasks: { intent } });
    const [first] = await model.predict(['no']);
    expect(Object.keys(first ?? {})).toEqual(['intent']);
    expectTypeOf(first?.intent.label).toEqualTypeOf<'refund' | 'cancel' | undefined>();
    const expected: readonly (readonly [Tasks, string])[] = [
      [{ intend: intent }, 'has no task "intend"; did you mean "intent"?'],
      [
        { intent: classification(['cancel', 'refund']) },
        'task "intent" is classification of "refund", "cancel"; expected is classification of "cancel", "refund"',
      ],
      [
        { mood: regression({ size: 2 }) },
        'task "mood" is regression of 1 numbers; expected is regression of 2 numbers',
      ],
    ];
    for (const [wanted, message] of expected) {
      const load = MultiTaskModel.load(join(target, 'saved'), { engine, tasks: wanted });
      await expect(load).rejects.toThrow(ModelError);
      await expect(load).rejects.toThrow(message);
    }
  });

  it('replaces another, keeps what is no part of it, and never a mixture', async () => {
    const folder = copy('replaced');
    writeFileSync(join(folder, 'README.md'), 'mine');
    mkdirSync(join(folder, 'onnx'));
    const fewer = removeTask(data, 'tags');
    await writeTaskModel(folder, fewer);
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('mine');
    expect(readdirSync(folder)).not.toContain('onnx');
    expect(readdirSync(join(folder, 'heads')).toSorted()).toEqual(['alike', 'intent', 'mood', 'near']);
    expect((await readTaskModel(folder)).tasks).toEqual(fewer.tasks);

    const before = filesIn(folder);
    const broken = { ...fewer, parameters: new Map([...fewer.parameters].slice(1)) };
    await expect(writeTaskModel(folder, broken)).rejects.toThrow(ArgumentError);
    expect(filesIn(folder)).toEqual(before);
    expect(readdirSync(target).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('has no heads any more once an encoder is saved in its place', async () => {
    const folder = copy('encoder only');
    await using encoder = await SentenceEncoder.load(FOLDER, { engine });
    await encoder.save(folder);
    expect(readdirSync(folder)).not.toContain('heads');
    await expect(readTaskModel(folder)).rejects.toThrow('has no sentence_mtl.json');
  });

  it('is put back where saving was cut off between its two renames', async () => {
    const folder = copy('interrupted');
    renameSync(folder, `${folder}.previous`);
    expect((await readTaskModel(folder)).tasks).toEqual(data.tasks);
    renameSync(folder, `${folder}.previous`);
    expect((await readSentenceModel(folder)).config).toEqual(data.config);
  });

  it('is not written over something else', async () => {
    const folder = join(target, 'else');
    mkdirSync(folder);
    writeFileSync(join(folder, 'thesis.tex'), 'do not lose me');
    await expect(writeTaskModel(folder, data)).rejects.toThrow(ModelFileError);
    await expect(writeTaskModel(folder, data)).rejects.toThrow('is not empty and is not the folder of a model');
    expect(readdirSync(folder)).toEqual(['thesis.tex']);
    await expect(writeTaskModel(join(folder, 'thesis.tex'), data)).rejects.toThrow(ModelFileError);
  });
});

describe('heads', () => {
  it('are added to, renamed in and removed from a saved model without touching the encoder', async () => {
    const folder = copy('changed');
    const encoderFiles = (): unknown =>
      [...filesIn(folder)].filter(([path]) => !path.startsWith('heads') && path !== 'sentence_mtl.json');
    const before = encoderFiles();
    const task = classification(['x', 'y']);
    await addSavedTask(folder, 'topic', task, 11);
    await renameSavedTask(folder, 'intent', 'purpose');
    await removeSavedTask(folder, 'tags');
    expect(encoderFiles()).toEqual(before);
    const expected = removeTask(renameTask(addTask(data, 'topic', task, 11), 'intent', 'purpose'), 'tags');
    const loaded = await readTaskModel(folder);
    expect(loaded.tasks).toEqual(expected.tasks);
    expect(Object.keys(loaded.tasks)).toEqual(['purpose', 'mood', 'alike', 'near', 'topic']);
    for (const [path, tensor] of expected.parameters) expect(loaded.parameters.get(path), path).toEqual(tensor);
    expect(readdirSync(join(folder, 'heads')).toSorted()).toEqual(['alike', 'mood', 'near', 'purpose', 'topic']);
    await using model = new MultiTaskModel(loaded, { engine });
    await using old = new MultiTaskModel(data, { engine });
    const [now, then] = [
      await model.predict(TEXTS, { tasks: ['purpose'] }),
      await old.predict(TEXTS, { tasks: ['intent'] }),
    ];
    expect(now.map((row) => row['purpose'])).toEqual(then.map(({ intent }) => intent));
  });

  it('are those before or after, wherever a change is cut off', async () => {
    const folder = copy('cut');
    // What a cut leaves behind: files of a head that the list does not name.
    cpSync(join(folder, 'heads', 'intent'), join(folder, 'heads', 'purpose'), { recursive: true });
    writeFileSync(join(folder, 'heads', 'purpose', 'config.json'), '{');
    expect((await readTaskModel(folder)).tasks).toEqual(data.tasks);
    await renameSavedTask(folder, 'intent', 'purpose');
    expect(Object.keys((await readTaskModel(folder)).tasks)).toEqual(['purpose', 'tags', 'mood', 'alike', 'near']);
  });

  it.each<readonly [string, (folder: string) => Promise<SavedTaskChange>]>([
    ['added', async (folder) => addSavedTask(folder, 'topic', classification(['x', 'y']), 11)],
    ['renamed', async (folder) => renameSavedTask(folder, 'intent', 'purpose')],
    ['removed', async (folder) => removeSavedTask(folder, 'tags')],
  ])('that are %s leave no exported graph that says something else, and say which there were', async (what, change) => {
    const folder = copy(`exported ${what}`);
    mkdirSync(join(folder, 'onnx'));
    for (const name of ['model.onnx', 'model_quantized.onnx', 'export.json'])
      writeFileSync(join(folder, 'onnx', name), '');
    expect(await change(folder)).toEqual({ removedGraphs: ['fp32', 'int8'] });
    expect(readdirSync(folder).filter((name) => name.includes('onnx'))).toEqual([]);
    await expect(MultiTaskModel.load(folder, { engine, precision: 'int8' })).rejects.toThrow(
      /has no graph in int8 .*; make one with: sentence-mtl export .* --precision int8/,
    );
    expect(await renameSavedTask(folder, 'mood', 'mood')).toEqual({ removedGraphs: [] });
  });

  it('are not changed where that cannot be', async () => {
    const folder = copy('refused');
    mkdirSync(join(folder, 'onnx'));
    writeFileSync(join(folder, 'onnx', 'model.onnx'), 'a graph');
    const before = filesIn(folder);
    const task = regression();
    const changes: readonly (readonly [() => Promise<unknown>, new (...arguments_: never[]) => Error, string])[] = [
      [async () => addSavedTask(folder, 'mood', task, 1), TaskConfigError, 'task "mood" is defined twice'],
      [async () => addSavedTask(folder, 'Mood', task, 1), TaskConfigError, 'differ in capitals only'],
      [async () => addSavedTask(folder, '../x', task, 1), TaskConfigError, '"../x" cannot be the name of a task'],
      [
        async () => addSavedTask(folder, 'new', task, new Map()),
        ArgumentError,
        'parameter "heads.new.output.weight" is missing',
      ],
      [async () => removeSavedTask(folder, 'mod'), ArgumentError, 'no task "mod"; did you mean "mood"?'],
      [async () => renameSavedTask(folder, 'mood', 'tags'), TaskConfigError, 'task "tags" is defined twice'],
      [async () => renameSavedTask(folder, 'mood', '__proto__'), TaskConfigError, 'cannot be the name of a task'],
      [async () => renameSavedTask(folder, 'mood', 'Mood'), TaskConfigError, 'on many disks their folders'],
    ];
    for (const [change, kind, message] of changes) {
      await expect(change()).rejects.toThrow(kind);
      await expect(change()).rejects.toThrow(message);
    }
    expect(filesIn(folder)).toEqual(before);
    const parameters = new Map([['heads.one.output.weight', float32Tensor([0], [1, 1])]]);
    expect(() => addTask(data, 'one', task, parameters)).toThrow(
      'is of shape (1, 1); the model needs it of shape (1, 16)',
    );
  });

  it('are one at least', async () => {
    const folder = join(target, 'single');
    const single = createTaskModel(await readSentenceModel(FOLDER), { mood: regression() }, 1);
    await writeTaskModel(folder, single);
    await expect(removeSavedTask(folder, 'mood')).rejects.toThrow('no task is defined');
    expect(() => removeTask(single, 'mood')).toThrow('no task is defined');
  });
});

type Spoil = (folder: string) => void;
const write =
  (file: string, content: unknown): Spoil =>
  (folder) =>
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
const change =
  (file: string, values: Readonly<Record<string, unknown>>): Spoil =>
  (folder) =>
    write(file, { ...jsonIn(folder, file), ...values })(folder);
const remove =
  (file: string): Spoil =>
  (folder) =>
    rmSync(join(folder, file), { recursive: true });

/** Puts a value into the first element of a head's weights. */
const poke =
  (value: number): Spoil =>
  (folder) => {
    const file = join(folder, 'heads/tags/model.safetensors');
    const bytes = readFileSync(file);
    bytes.writeFloatLE(value, 8 + Number(bytes.readBigUInt64LE()));
    writeFileSync(file, bytes);
  };

const MANIFEST = 'sentence_mtl.json';
const bad: Readonly<Record<string, readonly [Spoil, new (...arguments_: never[]) => Error, string]>> = {
  'no list of tasks': [
    remove(MANIFEST),
    ModelError,
    'has no sentence_mtl.json: it is a sentence encoder without tasks',
  ],
  'a broken list': [write(MANIFEST, '{'), ModelFileError, 'sentence_mtl.json is not JSON'],
  'a list that is none': [write(MANIFEST, []), ModelFileError, 'sentence_mtl.json does not hold a JSON object'],
  'a newer format': [
    change(MANIFEST, { formatVersion: 2, readableSince: '3.1.0' }),
    ModelFileError,
    'has the format version 2, which sentence-mtl 3.1.0 and newer reads; this one reads up to version 1: update it',
  ],
  'no format': [
    change(MANIFEST, { formatVersion: undefined }),
    ModelFileError,
    'formatVersion is missing; 1 is needed',
  ],
  'tasks that are no list': [change(MANIFEST, { tasks: { a: 1 } }), ModelFileError, 'tasks is not a list of names'],
  'no tasks': [change(MANIFEST, { tasks: [] }), TaskConfigError, 'no task is defined'],
  'a task listed twice': [change(MANIFEST, { tasks: ['mood', 'mood'] }), ModelFileError, 'task "mood" is listed twice'],
  'a path as a task': [
    change(MANIFEST, { tasks: ['../../etc'] }),
    TaskConfigError,
    '"../../etc" cannot be the name of a task',
  ],
  'a dangerous name': [
    change(MANIFEST, { tasks: ['__proto__'] }),
    TaskConfigError,
    '"__proto__" cannot be the name of a task',
  ],
  'a name with NUL': [change(MANIFEST, { tasks: ['a\0'] }), TaskConfigError, 'cannot be the name of a task'],
  'a task without files': [
    change(MANIFEST, { tasks: ['intent', 'gone'] }),
    ModelFileError,
    'heads/gone/config.json: it does not exist',
  ],
  'provenance that is none': [change(MANIFEST, { provenance: 3 }), ModelFileError, 'provenance is not an object'],
  'an unknown kind': [
    change('heads/intent/config.json', { kind: 'ordinal' }),
    TaskConfigError,
    '"kind" is "ordinal"; it must be one of',
  ],
  'labels that repeat': [
    change('heads/intent/config.json', { labels: ['a', 'a'] }),
    TaskConfigError,
    'heads/intent/config.json: "labels[1]" is "a", which is there already',
  ],
  'one label': [
    change('heads/intent/config.json', { labels: ['a'] }),
    TaskConfigError,
    'at least 2 entries are needed',
  ],
  'a threshold out of range': [
    change('heads/tags/config.json', { thresholds: { urgent: -1 } }),
    TaskConfigError,
    'heads/tags/config.json: "thresholds.urgent" is -1; it must be at least 0',
  ],
  'weights for other labels': [
    change('heads/intent/config.json', { labels: ['a', 'b', 'c'] }),
    ModelError,
    'heads/intent: tensor "output.bias" has the shape (2), but the config asks for (3)',
  ],
  'a layer too many': [
    change('heads/tags/config.json', { head: { hiddenSizes: [16] } }),
    ModelError,
    'heads/tags: 2 of 4 parameters have no tensor in the weights: heads.tags.hidden.0.weight, heads.tags.hidden.0.bias',
  ],
  'no weights': [remove('heads/intent/model.safetensors'), ModelFileError, 'heads/intent has no model.safetensors'],
  'weights cut short': [
    (folder) =>
      writeFileSync(
        join(folder, 'heads/tags/model.safetensors'),
        readFileSync(join(folder, 'heads/tags/model.safetensors')).subarray(0, 150),
      ),
    ModelFileError,
    'heads/tags/model.safetensors',
  ],
  'weights with more behind': [
    (folder) => appendFileSync(join(folder, 'heads/tags/model.safetensors'), 'more'),
    ModelFileError,
    'heads/tags/model.safetensors',
  ],
  'a weight that is NaN': [poke(NaN), ModelError, 'has NaN as its value 0: training went wrong'],
  'a weight that is infinite': [poke(-Infinity), ModelError, 'has -Infinity as its value 0'],
  'a head that is a file': [
    (folder) => {
      rmSync(join(folder, 'heads/tags'), { recursive: true });
      writeFileSync(join(folder, 'heads/tags'), '');
    },
    ModelFileError,
    'a part of its path is not a folder',
  ],
};

describe('a folder is refused as a whole', () => {
  it.each(Object.entries(bad))('with %s', async (name, [spoil, kind, message]) => {
    const folder = copy(`bad ${name}`);
    spoil(folder);
    await expect(readTaskModel(folder)).rejects.toThrow(kind);
    await expect(readTaskModel(folder)).rejects.toThrow(SentenceMtlError);
    await expect(readTaskModel(folder)).rejects.toThrow(message);
  });

  it('unless weights that are not finite are allowed', async () => {
    const folder = copy('allowed');
    poke(NaN)(folder);
    const { parameters } = await readTaskModel(folder, { allowNotFinite: true });
    expect(
      [...parameters].filter(([, { data: values }]) => values.some(Number.isNaN)).map(([path]) => path),
    ).toHaveLength(1);
  });

  it('but not for what is not listed, or linked from elsewhere', async () => {
    const folder = copy('linked');
    rmSync(join(folder, 'heads'), { recursive: true });
    symlinkSync(join(target, 'saved', 'heads'), join(folder, 'heads'));
    expect((await readTaskModel(folder)).tasks).toEqual(data.tasks);
  });
});
