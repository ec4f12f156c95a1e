import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { SentenceEncoder as Encoder, type LoadOptions } from '@sentence-mtl/model';

/** Everything that `@sentence-mtl/model` takes, the engine only where it is another than the default. */
export interface SentenceEncoderOptions extends Omit<LoadOptions, 'engine'> {
  /** Default: ONNX Runtime on the CPU. */
  readonly engine?: LoadOptions['engine'] | undefined;
}

/** A sentence encoder that runs, as {@link SentenceEncoder.load} gives it. */
export type SentenceEncoder = Encoder;

/** `SentenceEncoder` of `@sentence-mtl/model`, with ONNX Runtime for an engine unless another is given. */
export const SentenceEncoder: {
  /**
   * Loads a sentence encoder.
   *
   * @throws ModelFileError, ModelError, EncoderConfigError, TokenizerFileError where the model is broken or not supported
   */
  load(source: string, options?: SentenceEncoderOptions): Promise<Encoder>;
} = {
  load: async (source, { engine, ...options } = {}) =>
    Encoder.load(source, { ...options, engine: engine ?? (await onnxruntimeEngine()) }),
};
