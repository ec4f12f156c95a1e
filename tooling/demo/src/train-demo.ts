import { Random } from '@sentence-mtl/core';
import { parseEncoderConfig } from '@sentence-mtl/encoder';
import { classification } from '@sentence-mtl/heads';
import { adamw, chain, clipByGlobalNorm } from '@sentence-mtl/optim';
import type { Engine } from '@sentence-mtl/program';
import { batchFeeds, TwoHeadTraining, twoHeadProgram, type TwoHeadConfig } from '@sentence-mtl/two-head-model';
import { initialParameters } from './initial-parameters.ts';
import { type Message, TASKS } from './support-messages.ts';
import { batchOf, type Vocabulary } from './vocabulary.ts';

const LOSS_WEIGHTS = [0.5, 0.5];
const BATCH = 32;
const ENCODER_RATE = 3e-3;
const HEAD_RATE = 3e-2;

/** What the model says of one message. */
export interface Prediction {
  readonly topic: number;
  readonly sentiment: number;
  readonly embedding: readonly number[];
}

export interface DemoOptions {
  readonly engine: Engine;
  readonly vocabulary: Vocabulary;
  readonly epochs: number;
  readonly seed: number;
}

/** A two-layer encoder of width 64 with a head for each task. */
function demoConfig(vocabulary: Vocabulary): TwoHeadConfig {
  return {
    encoder: parseEncoderConfig({
      model_type: 'distilbert',
      vocab_size: vocabulary.size + 2,
      max_position_embeddings: 32,
      dim: 64,
      n_heads: 4,
      n_layers: 2,
      hidden_dim: 128,
    }),
    tasks: { topic: classification(TASKS.topic), sentiment: classification(TASKS.sentiment) },
  };
}

/** Trains all parameters for some epochs, and tells the mean loss of each. */
export async function trainDemo(
  { engine, vocabulary, epochs, seed }: DemoOptions,
  messages: readonly Message[],
  tell: (epoch: number, loss: number) => void,
): Promise<TwoHeadTraining> {
  const config = demoConfig(vocabulary);
  const training = new TwoHeadTraining({
    engine,
    config,
    parameters: initialParameters(config, seed),
    optimizer: chain(
      clipByGlobalNorm(1),
      adamw({ learningRate: ({ path }) => (path.startsWith('heads.') ? HEAD_RATE : ENCODER_RATE) }),
    ),
    lossWeights: LOSS_WEIGHTS,
  });
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = [...Random.of(seed).split('order', epoch).permutation(messages.length)];
    let total = 0;
    for (let from = 0; from < order.length; from += BATCH) {
      const rows = order.slice(from, from + BATCH).flatMap((index) => messages[index] ?? []);
      const { loss } = await training.step(batchOf(rows, vocabulary), () => true);
      total += loss * rows.length;
    }
    tell(epoch, total / messages.length);
  }
  return training;
}

const indexOfLargest = (values: readonly number[]): number => values.indexOf(Math.max(...values));

/** The predictions of a trained model for some messages: one forward pass gives labels of both tasks and the embedding. */
export async function predictDemo(
  { engine, vocabulary }: DemoOptions,
  training: TwoHeadTraining,
  messages: readonly Message[],
): Promise<readonly Prediction[]> {
  const executable = await engine.compile(twoHeadProgram(demoConfig(vocabulary)));
  const outputs: Readonly<Record<string, { readonly data: ArrayLike<number> }>> = await executable.run({
    ...batchFeeds(batchOf(messages, vocabulary), LOSS_WEIGHTS),
    ...Object.fromEntries(training.optimizer.parameters),
  });
  const row = (name: string, index: number): readonly number[] => {
    const values = Array.from(outputs[name]?.data ?? []);
    const width = values.length / messages.length;
    return values.slice(index * width, (index + 1) * width);
  };
  return messages.map((_, index) => ({
    topic: indexOfLargest(row('logits.topic', index)),
    sentiment: indexOfLargest(row('logits.sentiment', index)),
    embedding: row('embedding', index),
  }));
}
