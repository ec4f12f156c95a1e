import { getEventListeners } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ArgumentError } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { LocalHub } from '@sentence-mtl/local-hub';
import { HubError, ModelFileError, type HubSettings } from '@sentence-mtl/model-files';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSentenceModel } from './load-sentence-model.ts';
import { modelFolder } from './model-source.ts';
import { SentenceEncoder } from './sentence-encoder.ts';

const NANO = new URL('../fixtures/nano-bert', import.meta.url).pathname;
let folder = '';
let hub: HubSettings;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sources-'));
  hub = { endpoint: 'http://127.0.0.1:9', cacheFolder: join(folder, 'cache'), token: undefined, offline: true };
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A model as Python's huggingface_hub leaves it in the cache. */
function cache(id: string, commit: string, revision = 'main'): string {
  const repository = join(hub.cacheFolder, `models--${id.replace('/', '--')}`);
  const snapshot = join(repository, 'snapshots', commit);
  cpSync(NANO, snapshot, { recursive: true });
  mkdirSync(join(repository, 'refs'), { recursive: true });
  writeFileSync(join(repository, 'refs', revision), commit);
  return snapshot;
}

test('a folder is itself, as a path or a file URL', async () => {
  expect(await modelFolder(NANO)).toBe(NANO);
  expect(await modelFolder(pathToFileURL(NANO))).toBe(NANO);
  expect(await modelFolder('src')).toBe('src'); // Tests run in the package's folder.
});

test('a folder whose replacement was cut off between its renames is put back, and looked up nowhere else', async () => {
  const place = `.results/cut-off-${process.pid}`; // Spelled like an id.
  cpSync(NANO, `${place}.previous`, { recursive: true });
  try {
    expect(await modelFolder(place, { hub })).toBe(place);
    expect(readdirSync(place)).toEqual(readdirSync(NANO));
  } finally {
    rmSync(place, { recursive: true, force: true });
    rmSync(`${place}.previous`, { recursive: true, force: true });
  }
});

test('an id of the hub is the folder in the cache, at the revision asked for', async () => {
  const main = cache('owner/model', 'a'.repeat(40));
  const old = cache('owner/model', 'b'.repeat(40), 'v1');
  expect(await modelFolder('owner/model', { hub })).toBe(main);
  expect(await modelFolder('owner/model@v1', { hub })).toBe(old);
  expect((await loadSentenceModel('owner/model', { hub, maxLength: 9 })).config.maximumLength).toBe(9);
});

test('a folder that exists wins over an id of the same spelling', async () => {
  cache('fixtures/nano-bert', 'c'.repeat(40));
  expect(await modelFolder('fixtures/nano-bert', { hub })).toBe('fixtures/nano-bert');
  expect(await modelFolder('fixtures/nano-bert@main', { hub })).toMatch(/snapshots/);
});

test('an id is fetched from the hub, with its progress, and encodes', async () => {
  const local = new LocalHub();
  await local.start();
  for (const name of readdirSync(NANO)) local.files.set(name, readFileSync(join(NANO, name)));
  const events: string[] = [];
  const online = { ...hub, endpoint: local.endpoint, offline: false, cacheFolder: join(folder, 'online') };
  const engine = await onnxruntimeEngine({ threads: 1 });
  await using encoder = await SentenceEncoder.load('owner/model', {
    engine,
    hub: online,
    onFetchEvent: ({ type }) => events.push(type),
  });
  local.stop();
  await using here = await SentenceEncoder.load(NANO, { engine });
  expect(await encoder.encode(['good day'])).toEqual(await here.encode(['good day']));
  expect(events).toEqual(expect.arrayContaining(['files', 'progress', 'done']));
  await engine.dispose();
});

test.each(['./absent', '../absent/model', 'absent/', '/absent/model', 'C:\\absent', 'absent\\model', '.', '..'])(
  '%s is a path, never an id',
  async (source) => {
    expect(await modelFolder(source, { hub })).toBe(source);
  },
);

test('a path without a folder is said to be missing', async () => {
  const loading = loadSentenceModel('./absent', { hub });
  await expect(loading).rejects.toThrow(ModelFileError);
  await expect(loading).rejects.toThrow('cannot read the model folder ./absent: it does not exist');
});

test('what is neither a folder nor cached says both readings, and what needs no network', async () => {
  const loading = loadSentenceModel('owner/absent', { hub });
  await expect(loading).rejects.toThrow(HubError);
  await expect(loading).rejects.toMatchObject({ code: 'HUB', problem: 'offline' });
  await expect(loading).rejects.toThrow(
    /there is no folder "owner\/absent"; as the id of a model: owner\/absent is not in the cache .*or "minilm", which is built in/,
  );
  await expect(loadSentenceModel('owner/absent')).rejects.toThrow(
    'there is no folder "owner/absent", and without settings of a hub it is not looked up as the id of a model; give the folder\'s path, "minilm", or the option hub: hubSettings(environment)',
  );
});

test('a fetch tells of its retries and ends with the signal', async () => {
  const wait = { ...hub, offline: false };
  const controller = new AbortController();
  const events: string[] = [];
  const loading = loadSentenceModel('owner/absent', {
    hub: wait,
    signal: controller.signal,
    onFetchEvent: ({ type }) => {
      events.push(type);
      if (events.length === 2) controller.abort(new Error('waited enough'));
    },
  });
  await expect(loading).rejects.toThrow('waited enough');
  expect(events).toEqual(['retry', 'retry']);
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});

test('what cannot be an id is said to be neither', async () => {
  await expect(modelFolder('a/b/c', { hub })).rejects.toThrow('"a/b/c" is neither a folder nor the id of a model');
  for (const source of ['', '  ', 7 as unknown as string, null as unknown as string]) {
    await expect(modelFolder(source, { hub })).rejects.toThrow(ArgumentError);
  }
});
