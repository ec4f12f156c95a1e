import { encode } from '@sentence-mtl/encoder';
import { parameterInputs, sentenceEmbedding, tokenInputs, type SentenceModelConfig } from '@sentence-mtl/model';
import { defineProgram, reshape, type InputTypes, type Program, type Value } from '@sentence-mtl/program';
import type { ProgramStart } from './program-start.ts';
import { valueOf } from './text-program.ts';

/** A start that has something below it. */
export type PrefixedStart = Exclude<ProgramStart, { readonly kind: 'tokens' }>;

/**
 * The frozen part of a model: token ids to what a program that begins at `start` is fed, without dropout. Its one output
 * is `prefix`. Parameters above it are inputs too, which nothing reads.
 */
export function prefixProgram(
  config: SentenceModelConfig,
  start: PrefixedStart,
): Program<InputTypes, { readonly prefix: Value<'float32'> }> {
  return defineProgram({ ...tokenInputs(config), ...parameterInputs(config) }, (inputs) => {
    const parameters = (path: string): Value => valueOf(inputs, path);
    const tokens = {
      inputIds: valueOf(inputs, 'inputIds'),
      attentionMask: valueOf(inputs, 'attentionMask'),
      ...('tokenTypeIds' in inputs && { tokenTypeIds: valueOf(inputs, 'tokenTypeIds') }),
    };
    if (start.kind === 'embedding') {
      return { prefix: sentenceEmbedding(config, tokens, { parameters }).unnormalizedEmbedding };
    }
    const { hiddenStates } = encode(config.encoder, tokens, { parameters });
    const entering = hiddenStates[start.layer];
    if (entering === undefined) throw new RangeError(`the encoder has no layer ${start.layer}`);
    const shape = ['batch', 'sequence', config.encoder.hiddenSize] as const;
    return { prefix: reshape(entering, shape) as Value<'float32'> };
  });
}
