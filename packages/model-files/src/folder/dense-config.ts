import { ModelFileError } from '../errors.ts';
import type { JsonRecord } from '../files/read-json.ts';
import { count, flag, optionalText } from './field.ts';

const ACTIVATIONS = {
  identity: 'torch.nn.modules.linear.Identity',
  tanh: 'torch.nn.modules.activation.Tanh',
  relu: 'torch.nn.modules.activation.ReLU',
  gelu: 'torch.nn.modules.activation.GELU',
  sigmoid: 'torch.nn.modules.activation.Sigmoid',
  silu: 'torch.nn.modules.activation.SiLU',
} as const;

export type DenseActivation = keyof typeof ACTIVATIONS;

/** A `Dense` module behind the pooling. */
export interface DenseConfig {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly bias: boolean;
  readonly activation: DenseActivation;
  /** The input is added to the output, by a product with `residual.weight` where their sizes differ. */
  readonly residual: boolean;
}

function isActivation(name: string): name is DenseActivation {
  return Object.hasOwn(ACTIVATIONS, name);
}

/** @throws ModelFileError where the activation is not supported */
function activationOf(text: string, path: string): DenseActivation {
  const name = text.split('.').at(-1)?.toLowerCase() ?? '';
  if (isActivation(name)) return name;
  throw new ModelFileError(
    `${path}: activation_function "${text}" is not supported; supported are ${Object.values(ACTIVATIONS).join(', ')}`,
  );
}

/** @throws ModelFileError where a value is missing or not supported */
export function parseDenseConfig(record: JsonRecord, path: string): DenseConfig {
  for (const key of ['module_input_name', 'module_output_name']) {
    const name = optionalText(record, key, path) ?? 'sentence_embedding';
    if (name !== 'sentence_embedding')
      throw new ModelFileError(`${path}: ${key} is "${name}"; only sentence_embedding is supported`);
  }
  return {
    inputSize: count(record, 'in_features', path),
    outputSize: count(record, 'out_features', path),
    bias: flag(record, 'bias', true, path),
    activation: activationOf(optionalText(record, 'activation_function', path) ?? ACTIVATIONS.tanh, path),
    residual: flag(record, 'use_residual', false, path),
  };
}

export function formatDenseConfig({ inputSize, outputSize, bias, activation, residual }: DenseConfig): JsonRecord {
  return {
    in_features: inputSize,
    out_features: outputSize,
    bias,
    activation_function: ACTIVATIONS[activation],
    // Version 5 takes every key of this file as an argument, and has no such argument.
    ...(residual && { use_residual: true }),
  };
}
