import { float32, int32, type InputTypes } from '@sentence-mtl/program';
import type { SentenceModelConfig } from './sentence-model.ts';
import { sentenceParameterShapes } from './sentence-parameters.ts';

/** The token inputs of a program over a sentence encoder, named like the fields of a `TokenBatch`. */
export function tokenInputs({ encoder }: SentenceModelConfig): InputTypes {
  return {
    inputIds: int32('batch', 'sequence'),
    attentionMask: int32('batch', 'sequence'),
    ...(encoder.tokenTypeCount > 1 ? { tokenTypeIds: int32('batch', 'sequence') } : {}),
  };
}

/** An input for each parameter of a sentence encoder, named by its path. */
export function parameterInputs(config: SentenceModelConfig): InputTypes {
  return Object.fromEntries([...sentenceParameterShapes(config)].map(([path, shape]) => [path, float32(...shape)]));
}
