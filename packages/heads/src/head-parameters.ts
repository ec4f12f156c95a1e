import { float32Tensor, sizeOfShape, type HostTensor, type Parameters, type Random } from '@sentence-mtl/core';
import type { HeadConfig } from './head-config.ts';
import { hiddenPath, logitScalePath, outputPath } from './head-paths.ts';

/** A head with the number of features it reads and of outputs it gives. */
export interface SizedHead {
  readonly config: HeadConfig;
  readonly inputSize: number;
  readonly outputSize: number;
}

export interface HeadParameterSpec {
  readonly shape: readonly number[];
  /** Uniform within ± a bound, or all the same. */
  readonly initial: { readonly bound: number } | { readonly value: number };
}

type Specs = readonly (readonly [path: string, spec: HeadParameterSpec])[];

/** As PyTorch's `Linear` starts: weight and bias uniform within ± 1/√in. */
function layerSpecs(path: string, inputSize: number, outputSize: number): Specs {
  const initial = { bound: 1 / Math.sqrt(inputSize) };
  return [
    [`${path}.weight`, { shape: [outputSize, inputSize], initial }],
    [`${path}.bias`, { shape: [outputSize], initial }],
  ];
}

/** Path to shape and start of every parameter of a task's head, from its input up. */
export function headParameterSpecs(
  task: string,
  { config, inputSize, outputSize }: SizedHead,
): ReadonlyMap<string, HeadParameterSpec> {
  const { logitScale, hiddenSizes } = config;
  const scale: Specs =
    logitScale === null ? [] : [[logitScalePath(task), { shape: [], initial: { value: Math.log(logitScale) } }]];
  const hidden = hiddenSizes.flatMap((size, index) =>
    layerSpecs(hiddenPath(task, index), hiddenSizes[index - 1] ?? inputSize, size),
  );
  return new Map([...scale, ...hidden, ...layerSpecs(outputPath(task), hiddenSizes.at(-1) ?? inputSize, outputSize)]);
}

function fresh({ shape, initial }: HeadParameterSpec, random: Random): HostTensor<'float32'> {
  const data = new Float32Array(sizeOfShape(shape));
  if ('value' in initial) data.fill(initial.value);
  else random.fillUniform(data, -initial.bound, initial.bound);
  return float32Tensor(data, shape);
}

/** Fresh parameters of a head. Each has a random stream of its own, so that no task's start depends on another's. */
export function initialHeadParameters(task: string, head: SizedHead, random: Random): Parameters {
  const specs = [...headParameterSpecs(task, head)];
  return new Map(specs.map(([path, spec]) => [path, fresh(spec, random.split('parameter', path))]));
}
