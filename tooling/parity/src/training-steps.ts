import { uniformDropout } from '@sentence-mtl/encoder';
import { adamw, Optimizer } from '@sentence-mtl/optim';
import { dropoutKey } from '@sentence-mtl/program';
import { referenceEngine } from '@sentence-mtl/reference-engine';
import { labelledFeeds, StepProgram, WORD_TABLE } from '@sentence-mtl/trainer/step';
import { loadGoldenModel, sentenceConfig, textsOf } from '@sentence-mtl/two-head-model';
import { recordingEngine, type RecordedRun } from './recorded-runs.ts';

/** A step of the trainer as the programs that it runs, for every engine to compute alike: losses and all gradients. */
export interface TrainingStepCase {
  readonly name: string;
  readonly runs: readonly RecordedRun[];
}

async function trainingStep(dropoutRate: number): Promise<readonly RecordedRun[]> {
  const golden = await loadGoldenModel('nano-bert');
  const batch = golden.batches[1];
  if (batch === undefined) throw new RangeError('the nano-bert fixture has no batch 1');
  const optimizer = new Optimizer(adamw({ learningRate: 0 }), golden.parameters, { rowTables: [WORD_TABLE] });
  const { encoder } = golden.config;
  const config = await sentenceConfig({ ...encoder, dropout: uniformDropout(encoder.architecture, dropoutRate) });
  const model = { config, tasks: golden.config.tasks, parameters: optimizer.parameters };
  const stage = { start: { kind: 'tokens' }, trained: [...golden.parameters.keys()] } as const;
  const { engine, runs } = recordingEngine(referenceEngine());
  await using step = await StepProgram.compile(engine, model, optimizer, stage, dropoutRate > 0);
  await step.run({
    ...labelledFeeds({ texts: textsOf(batch, encoder), labels: batch.labels }),
    lossWeights: Object.values(golden.lossWeights),
    dropoutKeys: [dropoutKey(42, 7)],
  });
  return runs;
}

/** Steps of the nano-bert model of the project on a batch that has missing labels, without and with dropout. */
export async function trainingSteps(): Promise<readonly TrainingStepCase[]> {
  return [
    { name: 'a training step', runs: await trainingStep(0) },
    { name: 'a training step with dropout', runs: await trainingStep(0.1) },
  ];
}
