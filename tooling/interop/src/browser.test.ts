// The folder of an export, served as it is, in a page of Chromium: with onnxruntime-web alone, and with transformers.js.
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Browser, BROWSER_ABSENCE, FolderServer, type OpenedPage } from '@sentence-mtl/browser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Numbers } from './engine-answers.test.support.ts';
import { INTENTS, TEXTS } from './interop-model.test.support.ts';
import { expectOutputs, gapBetween, TOLERANCE } from './numbers.test.support.ts';
import { absenceOf, PEERS, VERSIONS } from './transformers-js.test.support.ts';
import { writtenModels, type WrittenModels } from './written-models.test.support.ts';

const SLOW = 1_200_000;
const MODELS = ['minilm', 'nano-bert'] as const;
if (BROWSER_ABSENCE !== undefined) console.log(BROWSER_ABSENCE);

const installed = createRequire(import.meta.url);
/** The files of a folder, by the path below which a page finds them. */
const filesOf = (path: string, folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [`${path}/${name}`, join(folder, name)]));

const served = {
  ...filesOf('', join(PEERS, 'pages')),
  ...filesOf('/onnxruntime-web', dirname(installed.resolve('onnxruntime-web'))),
  '/tokenizers.mjs': join(dirname(installed.resolve('@huggingface/tokenizers')), 'tokenizers.min.mjs'),
};

interface Row {
  readonly labels: Readonly<Record<'intent' | 'mood', string>>;
  readonly outputs: Readonly<Record<string, readonly number[]>>;
}

describe.skipIf(BROWSER_ABSENCE !== undefined)(BROWSER_ABSENCE ?? 'in Chromium', () => {
  let written: WrittenModels;
  let browser: Browser;
  let server: FolderServer;
  beforeAll(async () => {
    written = await writtenModels(MODELS);
    writeFileSync(join(written.root, 'texts.json'), JSON.stringify(TEXTS));
    browser = await Browser.launch();
    server = await FolderServer.start(written.root, { files: { ...served, ...transformersFiles() } });
  }, SLOW);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await browser[Symbol.asyncDispose]();
  });

  /** What a page gives, when all it has asked for came from here. */
  async function resultOf(path: string): Promise<unknown> {
    await using page: OpenedPage = await browser.open(server.url + path);
    const result = await page.result('globalThis.result', SLOW);
    expect(page.errors).toEqual([]);
    expect(page.requests.filter((request) => !/^(blob:)?http:\/\/127\.0\.0\.1:|^data:/.test(request))).toEqual([]);
    return result;
  }

  test.each([
    ['nano-bert', 'fp32', 'model.onnx'],
    ['minilm', 'fp32', 'model.onnx'],
    ['minilm', 'fp16', 'model_fp16.onnx'],
  ] as const)(
    'onnxruntime-web: %s in %s gives the same embeddings and labels',
    async (model, precision, graph) => {
      const rows = (await resultOf(`onnxruntime.html?model=${model}&graph=${graph}`)) as readonly Row[];
      const names = Object.keys(rows[0]?.outputs ?? {});
      const outputs = names.map((name): [string, Numbers] => {
        const parts = rows.map((row) => row.outputs[name] ?? []);
        return [name, { dims: [rows.length, parts[0]?.length ?? 0], data: parts.flat() }];
      });
      expectOutputs(Object.fromEntries(outputs), written.answersFor(model), precision);
      if (model === 'minilm') expect(rows.slice(0, 3).map(({ labels }) => labels.intent)).toEqual(Object.keys(INTENTS));
    },
    SLOW,
  );

  const [version = expect.unreachable('there is a first')] = VERSIONS;
  const absence = absenceOf(version);
  function transformersFiles(): Record<string, string> {
    if (absence !== undefined) return {};
    const modules = join(PEERS, version.folder, 'node_modules');
    return {
      ...filesOf('/wasm', join(modules, 'onnxruntime-web/dist')),
      '/transformers.mjs': join(modules, version.library, 'dist/transformers.min.js'),
    };
  }
  if (absence !== undefined) console.log(absence);

  test.skipIf(absence !== undefined)(
    'transformers.js 4: the same embeddings, outputs and labels',
    async () => {
      const options = encodeURIComponent(JSON.stringify({ dtype: 'fp32', device: 'wasm' }));
      const result = (await resultOf(`transformers.html?model=nano-bert&options=${options}`)) as {
        readonly embeddings: Numbers;
        readonly outputs: Readonly<Record<string, Numbers>>;
        readonly labels: readonly { readonly label: string; readonly score: number }[];
      };
      const answers = written.answersFor('nano-bert');
      expect(gapBetween(result.embeddings, answers.normalized)).toBeLessThanOrEqual(TOLERANCE.fp32);
      expectOutputs(result.outputs, answers);
      expect(result.labels.slice(0, 3).map(({ label }) => label)).toEqual(Object.keys(INTENTS));
    },
    SLOW,
  );
});
