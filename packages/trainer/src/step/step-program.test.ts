import { ArgumentError, FeedError } from '@sentence-mtl/core';
import { uniformDropout } from '@sentence-mtl/encoder';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { Optimizer, sgd } from '@sentence-mtl/optim';
import { loadGoldenModel } from '@sentence-mtl/two-head-model';
import { expect, it } from 'vitest';
import { WORD_TABLE } from '../program/training-program.ts';
import { feedsOf, trainingModel } from './golden-steps.test.support.ts';
import { StepProgram } from './step-program.ts';

it('computes on nothing but a key for each micro-batch and a weight for each task', async () => {
  const golden = await loadGoldenModel('nano-bert');
  const [batch] = golden.batches;
  if (batch === undefined) throw new Error('nano-bert has no batch');
  const { architecture } = golden.config.encoder;
  const encoder = { ...golden.config.encoder, dropout: uniformDropout(architecture, 0.1) };
  const given = await trainingModel({ ...golden, config: { ...golden.config, encoder } });
  const optimizer = new Optimizer(sgd({ learningRate: 1 }), given.parameters, { rowTables: [WORD_TABLE] });
  const model = { ...given, parameters: optimizer.parameters };
  const stage = { start: { kind: 'tokens' }, trained: [...given.parameters.keys()] } as const;
  const engine = await onnxruntimeEngine({ threads: 1 });
  await using step = await StepProgram.compile(engine, model, optimizer, stage, true);
  const feeds = { ...feedsOf(batch, model), lossWeights: [0.5, 0.5], dropoutKeys: [new Int32Array([1, 2])] };
  await expect(step.run({ ...feeds, dropoutKeys: [] })).rejects.toThrow(
    new ArgumentError('micro-batch 0 has no dropout key; 0 are given'),
  );
  await expect(step.run({ ...feeds, lossWeights: [1] })).rejects.toThrow(FeedError);
  expect((await step.run(feeds)).loss).toBeGreaterThan(0);
});
