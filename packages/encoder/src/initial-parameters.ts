import { float32Tensor, sizeOfShape, type HostTensor, type Parameters, type Random } from '@sentence-mtl/core';
import type { EncoderConfig } from './encoder-config.ts';
import { parameterSpecs, type ParameterSpec } from './parameter-specs.ts';

function fresh({ shape, initialization }: ParameterSpec, config: EncoderConfig, random: Random): HostTensor<'float32'> {
  const data = new Float32Array(sizeOfShape(shape));
  if (initialization === 'ones') data.fill(1);
  if (initialization === 'normal' || initialization === 'normalWithZeroPadRow') {
    for (let i = 0; i < data.length; i++) data[i] = random.normal() * config.initializerRange;
  }
  if (initialization === 'normalWithZeroPadRow') {
    const [, columns = 0] = shape;
    data.fill(0, config.padTokenId * columns, (config.padTokenId + 1) * columns);
  }
  return float32Tensor(data, shape);
}

/**
 * Fresh parameters, as BERT starts: normal weights with the config's deviation, zero biases and pad row, neutral
 * normalisation. Each parameter has a random stream of its own, so that none depends on which others there are.
 */
export function initialParameters(config: EncoderConfig, random: Random): Parameters {
  const specs = [...parameterSpecs(config)];
  return new Map(specs.map(([path, spec]) => [path, fresh(spec, config, random.split('parameter', path))]));
}
