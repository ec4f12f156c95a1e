// The models of @sentence-mtl/model with what an app chooses for its users: ONNX Runtime on the CPU for an engine, and
// the hub that the environment names.
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import type { EncoderOptions, SourceOptions } from '@sentence-mtl/model';
import { hubSettings } from '@sentence-mtl/model-files';

type Engine = EncoderOptions['engine'];

/** Options of which the engine may be left out: it is ONNX Runtime on the CPU then. */
export type WithDefaultEngine<Options extends EncoderOptions> = Omit<Options, 'engine'> & {
  readonly engine?: Engine | undefined;
};

/** What is used where options leave it out. */
export async function withDefaults<Options extends SourceOptions & { readonly engine?: Engine | undefined }>(
  options: Options,
): Promise<Options & { readonly engine: Engine }> {
  return { hub: hubSettings(process.env), ...options, engine: options.engine ?? (await onnxruntimeEngine()) };
}
