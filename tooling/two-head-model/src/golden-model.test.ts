import { expect, it } from 'vitest';
import { loadGoldenModel } from './golden-model.ts';
import { textsOf } from './labelled-batch.ts';
import { parameterShapes } from './parameter-shapes.ts';

it('nano-bert is in the project: every parameter, five batches and what PyTorch gave for each', async () => {
  const { config, parameters, batches, steps, recorded } = await loadGoldenModel('nano-bert');
  expect([...parameters].map(([path, { shape }]) => [path, shape])).toEqual([...parameterShapes(config)]);
  expect([batches.length, steps.length]).toEqual([5, 5]);
  for (const batch of batches) expect(textsOf(batch, config.encoder).tokenTypeIds?.shape).toEqual(batch.inputIds.shape);
  expect([...(await recorded('grads-batch0.safetensors')).keys()]).toEqual([...parameters.keys()]);
});
