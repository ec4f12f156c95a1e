import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { SentenceEncoder as Encoder, type LoadOptions } from '@sentence-mtl/model';
import { hubSettings } from '@sentence-mtl/model-files';

/** What `@sentence-mtl/model` takes, the engine only where it is another than the default. */
export interface SentenceEncoderOptions extends Omit<LoadOptions, 'engine'> {
  /** Default: ONNX Runtime on the CPU. */
  readonly engine?: LoadOptions['engine'] | undefined;
}

/** A sentence encoder that runs. */
export type SentenceEncoder = Encoder;

/** `SentenceEncoder` of `@sentence-mtl/model` with what an app chooses: ONNX Runtime, and the hub of the environment. */
export const SentenceEncoder: {
  /**
   * Loads a sentence encoder.
   *
   * @param source a folder, `minilm` or the id of a model on the hub; where that is, `HF_ENDPOINT`, `HF_HOME`, `HF_TOKEN`
   * and `HF_HUB_OFFLINE` say, unless the option `hub` does
   * @throws as `SentenceEncoder.load` of `@sentence-mtl/model` does
   */
  load(source: string | URL, options?: SentenceEncoderOptions): Promise<SentenceEncoder>;
} = {
  load: async (source, { engine, ...options } = {}) =>
    Encoder.load(source, {
      hub: hubSettings(process.env),
      ...options,
      engine: engine ?? (await onnxruntimeEngine()),
    }),
};
