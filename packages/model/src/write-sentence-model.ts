import type { HostTensor } from '@sentence-mtl/core';
import { toHuggingFaceName } from '@sentence-mtl/encoder';
import { writeModelFolder, type StoredTensor } from '@sentence-mtl/model-files';
import { parameterAt } from './parameter-at.ts';
import type { SentenceModel, SentenceModelConfig } from './sentence-model.ts';
import { densePath, denseTensors, sentenceParameterShapes } from './sentence-parameters.ts';

type Named = readonly [name: string, tensor: StoredTensor];

const ENCODER = 'encoder.';

/** A parameter as files hold it. */
export const stored = ({ shape, data }: HostTensor<'float32'>): StoredTensor => ({ dtype: 'F32', shape, data });

/** config.json, which says of the weights what they are now: Python would round them to the number format it names. */
export function sourceConfig({ source }: SentenceModelConfig): Readonly<Record<string, unknown>> {
  const formats = ['dtype', 'torch_dtype'].filter((key) => typeof source[key] === 'string');
  return { ...source, ...Object.fromEntries(formats.map((key) => [key, 'float32'])) };
}

/**
 * Writes a model as a folder that `readSentenceModel` and Python's sentence-transformers (5 and newer) load, with the
 * same embeddings. Parameters that are not the sentence encoder's are left out.
 *
 * @throws ArgumentError where a parameter is missing or of another shape
 * @throws ModelFileError where a file cannot be written, or poolings stand in an order that the format cannot say
 */
export async function writeSentenceModel(
  folder: string,
  { config, parameters }: Pick<SentenceModel, 'config' | 'parameters'>,
): Promise<void> {
  const { encoder, pooling, dense, normalize, prompts, maximumLength, lowercase, tokenizerTexts } = config;
  const weights: Named[] = [...sentenceParameterShapes(config)]
    .filter(([path]) => path.startsWith(ENCODER))
    .map(([path, shape]) => [
      toHuggingFaceName(encoder.architecture, path),
      stored(parameterAt(parameters, path, shape)),
    ]);
  const denseModules = dense.map((layer, index) => ({
    config: layer,
    weights: denseTensors(layer).map(({ name, path, shape }): Named => [
      name,
      stored(parameterAt(parameters, `${densePath(index)}.${path}`, shape)),
    ]),
  }));
  await writeModelFolder(folder, {
    config: sourceConfig(config),
    weights,
    tokenizerTexts,
    maximumLength,
    lowercase,
    pooling: { ...pooling, dimension: encoder.hiddenSize },
    dense: denseModules,
    normalize,
    prompts,
  });
}
