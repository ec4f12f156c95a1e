import { parameterSpecs } from '@sentence-mtl/encoder';
import type { TwoHeadConfig } from './two-head-config.ts';

/** The path of the word embeddings, whose gradient is taken at the gathered rows. */
export const WORD_EMBEDDINGS = 'encoder.embeddings.word.weight';

/** Path to shape of every parameter, from the embeddings up. */
export function parameterShapes({ encoder, tasks }: TwoHeadConfig): ReadonlyMap<string, readonly number[]> {
  const encoderShapes = [...parameterSpecs(encoder)].map(([path, { shape }]) => [path, shape] as const);
  const headShapes = Object.entries(tasks).flatMap(([task, classes]) => [
    [`heads.${task}.output.weight`, [classes, encoder.hiddenSize]] as const,
    [`heads.${task}.output.bias`, [classes]] as const,
  ]);
  return new Map([...encoderShapes, ...headShapes]);
}
