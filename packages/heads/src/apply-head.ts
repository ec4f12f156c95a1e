import { Random } from '@sentence-mtl/core';
import { dense, type DenseActivation } from '@sentence-mtl/pooling';
import { dropout, exp, mul, type Value } from '@sentence-mtl/program';
import type { HeadConfig } from './head-config.ts';
import { hiddenPath, logitScalePath, outputPath } from './head-paths.ts';

export interface HeadContext {
  /** The value of a parameter, by its path. */
  readonly parameters: (path: string) => Value;
  /** int32 (2), as `dropoutKey` gives; left out, nothing is dropped. */
  readonly dropoutKey?: Value | undefined;
}

/** Sites of encoders are small numbers; those of heads begin here. */
const FIRST_SITE = 2 ** 29;

/** The number of a place that drops: it follows from the place's name alone, so no head changes another's masks. */
const siteOf = (path: string): number => FIRST_SITE + Random.of(0).split('dropout site', path).integer(FIRST_SITE);

/** The layers of a head, with its parameters at `heads.<task>.…`: (B, in) → (B, out). */
export function applyHead(task: string, config: HeadConfig, features: Value, context: HeadContext): Value {
  const { parameters, dropoutKey } = context;
  const drop = (x: Value, rate: number, path: string): Value =>
    dropoutKey === undefined || rate === 0 ? x : dropout(x, rate, dropoutKey, siteOf(path));
  const layer = (x: Value, path: string, activation: DenseActivation): Value =>
    dense(x, { weight: parameters(`${path}.weight`), bias: parameters(`${path}.bias`) }, activation);
  const scaled = config.logitScale === null ? features : mul(features, exp(parameters(logitScalePath(task))));
  let x = drop(scaled, config.inputDropout, outputPath(task));
  for (const index of config.hiddenSizes.keys()) {
    const path = hiddenPath(task, index);
    x = drop(layer(x, path, config.activation), config.dropout, path);
  }
  return layer(x, outputPath(task), 'identity');
}
