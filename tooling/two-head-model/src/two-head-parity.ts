import { int32Tensor, type HostTensor } from '@sentence-mtl/core';
import { dropoutKey, type Program } from '@sentence-mtl/program';
import { loadGoldenModel } from './golden-model.ts';
import { batchFeeds } from './two-head-feeds.ts';
import { twoHeadProgram } from './two-head-program.ts';

/** A whole model with feeds, for every engine to compute alike: losses, logits, embeddings and all gradients. */
export interface TwoHeadCase {
  readonly name: string;
  readonly program: Program;
  readonly feeds: Readonly<Record<string, HostTensor>>;
}

const DROPOUT_RATE = 0.1;

/** The nano-bert model of the project with a batch that has missing labels, without and with dropout. */
export async function twoHeadCases(): Promise<readonly TwoHeadCase[]> {
  const model = await loadGoldenModel('nano-bert');
  const batch = model.batches[1];
  if (batch === undefined) throw new Error('the nano-bert fixture has no batch 1');
  const feeds = { ...batchFeeds(batch, Object.values(model.lossWeights)), ...Object.fromEntries(model.parameters) };
  const trains = (): boolean => true;
  return [
    { name: 'two-head model', program: twoHeadProgram(model.config, { trains }), feeds },
    {
      name: 'two-head model with dropout',
      program: twoHeadProgram(model.config, { trains, dropout: DROPOUT_RATE }),
      feeds: { ...feeds, dropoutKey: int32Tensor(dropoutKey(42, 7), [2]) },
    },
  ];
}
