// Folders that exports write: what stands in them, and what is never written over.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { float32Tensor } from '@sentence-mtl/core';
import { classification } from '@sentence-mtl/heads';
import { createTaskModel, readSentenceModel, readTaskModel, writeTaskModel, type TaskModel } from '@sentence-mtl/model';
import { ModelFileError } from '@sentence-mtl/model-files';
import { TokenizerFileError } from '@sentence-mtl/tokenizer';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { addGraphs } from './add-graphs.ts';
import { ExportError } from './errors.ts';
import { NANO_BERT } from './every-task.test.support.ts';
import { exportGraph } from './export-graph.ts';
import { readExportManifest } from './export-manifest.ts';
import { feedsOf, largestGap, runGraph } from './graph-run.test.support.ts';
import { writeExportFolder } from './write-export-folder.ts';
import { writeGraph } from './write-graph.ts';

const root = mkdtempSync(join(tmpdir(), 'export-'));
afterAll(() => rmSync(root, { recursive: true }));

let model: TaskModel;
let folder = '';
let count = 0;
beforeEach(async () => {
  folder = join(root, `model-${count++}`);
  const encoder = await readSentenceModel(NANO_BERT);
  await writeTaskModel(folder, createTaskModel(encoder, { intent: classification(['refund', 'cancel']) }, 7));
  model = await readTaskModel(folder);
});

const graphs = (): ReadonlyMap<'fp32', ReturnType<typeof exportGraph>['model']> =>
  new Map([['fp32', exportGraph(model).model]]);
const json = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8'));

describe('graphs added to the folder of their model', () => {
  test('stand below onnx, and run', async () => {
    const [record] = await addGraphs(folder, model, graphs());
    expect(record).toMatchObject({ file: 'model.onnx', precision: 'fp32', opset: 17, outputs: expect.any(Array) });
    const path = join(folder, 'onnx/model.onnx');
    expect(readFileSync(path).length).toBe(record?.bytes);
    const feeds = [feedsOf(model.config, ['good day', 'no'])];
    const [[written], [inMemory]] = [await runGraph(path, feeds), await runGraph(exportGraph(model).model, feeds)];
    expect(largestGap(written?.['logits_intent']?.data ?? [], inMemory?.['logits_intent']?.data ?? [])).toBe(0);
    expect(await readTaskModel(folder)).toEqual(model);
  });

  test('are listed, each precision once, whatever is exported after', async () => {
    await addGraphs(folder, model, graphs());
    await addGraphs(folder, model, new Map([['fp16', exportGraph(model).model]]));
    await addGraphs(folder, model, graphs());
    const manifest = await readExportManifest(folder);
    expect(manifest?.graphs.map(({ file }) => file)).toEqual(['model_fp16.onnx', 'model.onnx']);
    expect(manifest?.copy).toBe(false);
  });

  test('end texts where the model does, and have a token to pad with', async () => {
    const path = join(folder, 'tokenizer_config.json');
    const { pad_token: _, model_max_length: __, ...bare } = json(path) as Record<string, unknown>;
    writeFileSync(path, JSON.stringify(bare));
    const read = await readTaskModel(folder);
    await addGraphs(folder, read, graphs());
    expect(json(path)).toEqual({ ...bare, model_max_length: 48, pad_token: '[PAD]' });
    expect((await readTaskModel(folder)).config.maximumLength).toBe(48);
    rmSync(path);
    await addGraphs(folder, await readTaskModel(folder), graphs());
    expect(json(path)).toEqual({ model_max_length: 48, pad_token: '[PAD]' });
  });

  test('are not put where the model keeps its files elsewhere', async () => {
    const nested = join(root, 'nested');
    cpSync(folder, join(nested, '0_Transformer'), { recursive: true });
    cpSync(join(folder, '1_Pooling'), join(nested, '1_Pooling'), { recursive: true });
    const modules = json(folder, 'modules.json') as readonly { readonly path: string }[];
    const moved = modules.map((each) => (each.path === '' ? { ...each, path: '0_Transformer' } : each));
    writeFileSync(join(nested, 'modules.json'), JSON.stringify(moved.slice(0, 2)));
    const read = await readSentenceModel(nested);
    await expect(addGraphs(nested, read, graphs())).rejects.toThrow(/tokenizer in 0_Transformer.*another folder/);
    expect(existsSync(join(nested, 'onnx'))).toBe(false);
  });

  test('are not written where there is no tokenizer to open', async () => {
    rmSync(join(folder, 'tokenizer.json'));
    const read = await readTaskModel(folder);
    await expect(addGraphs(folder, read, graphs())).rejects.toThrow(TokenizerFileError);
    await expect(writeExportFolder(join(root, 'none'), read, graphs())).rejects.toThrow(
      /has no tokenizer.json; make one/,
    );
    expect(existsSync(join(folder, 'onnx'))).toBe(false);
    expect(existsSync(join(root, 'none'))).toBe(false);
  });
});

describe('a folder of its own', () => {
  test('has the model and its graphs, and is replaced by the next export', async () => {
    const target = join(root, 'copy');
    for (let time = 0; time < 2; time++) {
      await writeExportFolder(target, model, graphs());
      expect(await readTaskModel(target)).toEqual(model);
      expect(await readExportManifest(target)).toMatchObject({ copy: true, graphs: [{ file: 'model.onnx' }] });
    }
    const encoder = join(root, 'encoder');
    await writeExportFolder(encoder, await readSentenceModel(folder), graphs());
    expect(existsSync(join(encoder, 'sentence_mtl.json'))).toBe(false);
    expect((await readSentenceModel(encoder)).config).toEqual(model.config);
  });

  test('is never that of another model, nor of anything else', async () => {
    const before = await readTaskModel(folder);
    await expect(writeExportFolder(folder, model, graphs())).rejects.toThrow(ExportError);
    await addGraphs(folder, model, graphs());
    await expect(writeExportFolder(folder, model, graphs())).rejects.toThrow(/that no export has written/);
    expect(await readTaskModel(folder)).toEqual(before);
    const other = join(root, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'thesis.txt'), 'x');
    await expect(writeExportFolder(other, model, graphs())).rejects.toThrow(/is not the folder of a model/);
    const file = join(root, 'file');
    writeFileSync(file, 'x');
    await expect(writeExportFolder(file, model, graphs())).rejects.toThrow(ModelFileError);
    expect(readFileSync(file, 'utf8')).toBe('x');
  });

  test('that cannot be written is told, and nothing is left behind', async () => {
    const file = join(root, 'in-the-way');
    writeFileSync(file, 'x');
    await expect(writeExportFolder(join(file, 'x'), model, graphs())).rejects.toThrow(
      /cannot (read|write) .*in-the-way/,
    );
    expect(readFileSync(file, 'utf8')).toBe('x');
  });
});

test('a manifest that is not understood stops an export', async () => {
  await addGraphs(folder, model, graphs());
  writeFileSync(join(folder, 'onnx/export.json'), '{"formatVersion": 2, "graphs": []}');
  await expect(addGraphs(folder, model, graphs())).rejects.toThrow(/format version 2; this one reads version 1/);
  writeFileSync(join(folder, 'onnx/export.json'), 'null');
  await expect(addGraphs(folder, model, graphs())).rejects.toThrow(/format version none; this one reads version 1/);
});

test('a graph over 2 GiB is refused before a file is begun, and says what may fit', async () => {
  const data = new Float32Array(2 ** 29);
  const { model: graph } = exportGraph(model);
  const table = { ...float32Tensor(data, [2 ** 29]), type: 'float32' as const, name: 'table' };
  const large = { ...table, data: new Uint8Array(data.buffer) };
  const huge = { ...graph, initializers: [...graph.initializers, large] };
  await expect(writeGraph(folder, 'fp32', huge)).rejects.toThrow(
    /^model.onnx would be larger than 2 GiB, .* precision fp16 or int8$/,
  );
  expect(existsSync(join(folder, 'onnx'))).toBe(false);
});
