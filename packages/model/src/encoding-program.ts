import { defineProgram, int32, type InputTypes, type Program, type Value } from '@sentence-mtl/program';
import { sentenceEmbedding } from './sentence-embedding.ts';
import { parameterInputs, parametersAt, tokenInputs, tokensOf } from './sentence-inputs.ts';
import type { SentenceModelConfig } from './sentence-model.ts';

/** What a program for encoding gives: a vector a text (B, E), not yet normalised, or one a token (B, T, D). */
export type EncodingOutput = 'sentence' | 'token';

/** Whether the program has the input `promptLength`, int32 (). */
export function takesPromptLength({ pooling }: SentenceModelConfig, output: EncodingOutput): boolean {
  return output === 'sentence' && !pooling.includePrompt;
}

/** The program that encodes texts, with the parameters as inputs. Its one output is `embedding`. */
export function encodingProgram(
  config: SentenceModelConfig,
  output: EncodingOutput,
): Program<InputTypes, { readonly embedding: Value<'float32'> }> {
  const promptInputs: InputTypes = takesPromptLength(config, output) ? { promptLength: int32() } : {};
  return defineProgram({ ...tokenInputs(config), ...promptInputs, ...parameterInputs(config) }, (inputs) => {
    const { unnormalizedEmbedding, tokenEmbeddings } = sentenceEmbedding(config, tokensOf(inputs), {
      parameters: parametersAt(inputs),
      promptLength: inputs['promptLength'],
    });
    return { embedding: output === 'sentence' ? unnormalizedEmbedding : tokenEmbeddings };
  });
}
