import { parameterSpecs } from '@sentence-mtl/encoder';
import type { DenseConfig } from '@sentence-mtl/model-files';
import type { SentenceModelConfig } from './sentence-model.ts';

type Shape = readonly number[];

/** The path of a dense layer's parameters, counted from 0. */
export const densePath = (index: number): string => `pooling.dense.${index}`;

/** The names a dense layer's tensors have in its folder, and under its path, with their shapes. */
export function denseTensors({
  inputSize,
  outputSize,
  bias,
  residual,
}: DenseConfig): readonly { readonly name: string; readonly path: string; readonly shape: Shape }[] {
  const matrix = [outputSize, inputSize];
  return [
    { name: 'linear.weight', path: 'weight', shape: matrix },
    ...(bias ? [{ name: 'linear.bias', path: 'bias', shape: [outputSize] }] : []),
    ...(residual && inputSize !== outputSize
      ? [{ name: 'residual.weight', path: 'residual.weight', shape: matrix }]
      : []),
  ];
}

/** Path to shape of every parameter of a sentence encoder, from the embeddings up. */
export function sentenceParameterShapes(
  config: Pick<SentenceModelConfig, 'encoder' | 'dense'>,
): ReadonlyMap<string, Shape> {
  const encoder = [...parameterSpecs(config.encoder)].map(([path, { shape }]) => [path, shape] as const);
  const dense = config.dense.flatMap((layer, index) =>
    denseTensors(layer).map(({ path, shape }) => [`${densePath(index)}.${path}`, shape] as const),
  );
  return new Map([...encoder, ...dense]);
}
