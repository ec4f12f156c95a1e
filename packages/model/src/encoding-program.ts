import { defineProgram, int32, type InputTypes, type Program, type Value } from '@sentence-mtl/program';
import type { SentenceModelConfig } from './sentence-model.ts';
import { encodedTexts, startInputs, startParameterInputs, type TextStart } from './text-start.ts';

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
  start: TextStart = 'tokens',
): Program<InputTypes, { readonly embedding: Value<'float32'> }> {
  const promptInputs: InputTypes = takesPromptLength(config, output) ? { promptLength: int32() } : {};
  const inputs: InputTypes = {
    ...startInputs(config, start),
    ...promptInputs,
    ...startParameterInputs(config, start),
  };
  return defineProgram(inputs, (values) => {
    const { unnormalizedEmbedding, tokenEmbeddings } = encodedTexts(config, start, values);
    return { embedding: output === 'sentence' ? unnormalizedEmbedding : tokenEmbeddings };
  });
}
