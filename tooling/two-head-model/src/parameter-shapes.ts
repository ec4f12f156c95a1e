import { parameterSpecs } from '@sentence-mtl/encoder';
import { taskParameterSpecs } from '@sentence-mtl/heads';
import type { TwoHeadConfig } from './two-head-config.ts';

/** Path to shape of every parameter, from the embeddings up. */
export function parameterShapes({ encoder, tasks }: TwoHeadConfig): ReadonlyMap<string, readonly number[]> {
  const sizes = { embedding: encoder.hiddenSize, tokens: encoder.hiddenSize };
  const ofTasks = Object.entries(tasks).flatMap(([name, task]) => [...taskParameterSpecs(name, task, sizes)]);
  return new Map([...parameterSpecs(encoder), ...ofTasks].map(([path, { shape }]) => [path, shape]));
}
