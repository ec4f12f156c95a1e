import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fromHuggingFaceName, parameterSpecs, parseEncoderConfig } from '@sentence-mtl/encoder';
import { openSafetensors, openWeights, readModelFolder } from '@sentence-mtl/model-files';
import { expect, test } from 'vitest';
import { minilmFolder } from './minilm-folder.ts';
import { minilmOrigin } from './minilm-origin.ts';

const folder = fileURLToPath(minilmFolder);

test('the weights are the ones whose quality was measured, and there is one copy of them in the history', () => {
  const bytes = readFileSync(new URL('model-int8.safetensors', minilmFolder));
  expect(bytes.length).toBe(22_879_960);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(
    '74ce30d7a56283a75aec512a02eed6f0cfb85c41c97c6793088031ecbecbfcc8',
  );
});

test('the folder opens as a sentence-transformers model with mean pooling and normalisation', async () => {
  const model = await readModelFolder(folder);
  expect(model).toMatchObject({ layout: 'sentence-transformers', maximumLength: 256, normalize: true, dense: [] });
  expect(model.pooling).toMatchObject({ modes: ['mean'] });
  expect(Object.keys(model.tokenizerTexts)).toContain('tokenizer.json');
});

test('it has exactly the parameters of its encoder, matrices as int8 and vectors as float32', async () => {
  const config = parseEncoderConfig((await readModelFolder(folder)).config);
  const weights = await openWeights(folder);
  const found = [...weights.tensors].map(([name, { dtype, shape }]) => [
    fromHuggingFaceName(config.architecture, name),
    { dtype, shape },
  ]);
  await weights.close();
  const wanted = [...parameterSpecs(config)].map(([path, { shape }]) => [
    path,
    { dtype: shape.length === 2 ? 'I8' : 'F32', shape },
  ]);
  expect(wanted.length).toBe(101);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
});

test('the licence and where the model comes from stand beside it, and agree', async () => {
  const read = (name: string): string => readFileSync(new URL(name, minilmFolder), 'utf8');
  expect(read('LICENSE')).toContain('Apache License\n                           Version 2.0');
  expect(read('MODEL_CARD.md')).toContain('license: apache-2.0');
  for (const fact of [minilmOrigin.id, minilmOrigin.weightsSha256]) expect(read('../NOTICE')).toContain(fact);
  const { metadata, close } = await openSafetensors(`${folder}/model-int8.safetensors`);
  await close();
  expect(metadata).toEqual({ format: 'int8-rows', origin: minilmOrigin.id, originSha256: minilmOrigin.weightsSha256 });
});
