import { float32Tensor, type Parameters, Random, sizeOfShape } from '@sentence-mtl/core';
import { parameterShapes, type TwoHeadConfig } from '@sentence-mtl/two-head-model';

const DEVIATION = 0.02;

function initialValue(path: string, random: Random): () => number {
  if (path.endsWith('.bias')) return () => 0;
  if (path.includes('norm.')) return () => 1;
  return () => DEVIATION * random.normal();
}

/** Parameters as BERT begins with: weights normal with deviation 0.02, biases 0, norms 1. */
export function initialParameters(config: TwoHeadConfig, seed: number): Parameters {
  const random = Random.of(seed).split('initial parameters');
  return new Map(
    [...parameterShapes(config)].map(([path, shape]) => {
      const value = initialValue(path, random.split(path));
      return [path, float32Tensor(Float32Array.from({ length: sizeOfShape(shape) }, value), shape)];
    }),
  );
}
