import { SentenceEncoder as Encoder, type LoadOptions } from '@sentence-mtl/model';
import { withDefaults, type WithDefaultEngine } from './default-engine.ts';

/** A sentence encoder that runs. */
export type SentenceEncoder = Encoder;

/** `SentenceEncoder` of `@sentence-mtl/model` with the default engine, and the hub of the environment. */
export const SentenceEncoder: {
  /**
   * Loads a sentence encoder.
   *
   * @param source a folder, `minilm` or the id of a model on the hub; where that is, `HF_ENDPOINT`, `HF_HOME`, `HF_TOKEN`
   * and `HF_HUB_OFFLINE` say, unless the option `hub` does
   * @throws as `SentenceEncoder.load` of `@sentence-mtl/model` does
   */
  load(source: string | URL, options?: WithDefaultEngine<LoadOptions>): Promise<SentenceEncoder>;
} = {
  load: async (source, options = {}) => Encoder.load(source, await withDefaults(options)),
};
