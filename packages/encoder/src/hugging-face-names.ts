import { ArgumentError } from '@sentence-mtl/core';
import { albertNames } from './architectures/albert.ts';
import { bertNames } from './architectures/bert.ts';
import { distilbertNames } from './architectures/distilbert.ts';
import type { ModuleNames } from './architectures/module-names.ts';
import { mpnetNames } from './architectures/mpnet.ts';
import type { Architecture } from './encoder-config.ts';

/** One table an architecture, read in both directions. */
const names: Readonly<Record<Architecture, ModuleNames>> = {
  bert: bertNames,
  distilbert: distilbertNames,
  roberta: bertNames,
  'xlm-roberta': bertNames,
  mpnet: mpnetNames,
  electra: bertNames,
  albert: albertNames,
};

/** What may stand before the names in a checkpoint: the model inside a larger one. */
const PREFIXES = ['bert.', 'distilbert.', 'roberta.', 'mpnet.', 'electra.', 'albert.', 'model.'];

const LAYER_NUMBER = /(?<=^(?:layers|encoder\.layer|transformer\.layer|encoder\.albert_layer_groups)\.)\d+(?=\.)/;

function splitParameter(name: string): [module: string, layer: string, parameter: string] {
  const dot = name.lastIndexOf('.');
  const module = name.slice(0, Math.max(dot, 0));
  const layer = LAYER_NUMBER.exec(module)?.[0] ?? '';
  return [module.replace(LAYER_NUMBER, '*'), layer, name.slice(dot + 1)];
}

/**
 * The name an encoder parameter has in a Hugging Face checkpoint: `encoder.layers.3.attention.query.weight` is
 * `encoder.layer.3.attention.self.query.weight` in BERT's.
 *
 * @throws ArgumentError for a path the architecture does not have
 */
export function toHuggingFaceName(architecture: Architecture, path: string): string {
  const [module, layer, parameter] = splitParameter(path.replace(/^encoder\./, ''));
  const table = names[architecture];
  const theirs = Object.hasOwn(table, module) ? table[module] : undefined;
  if (theirs === undefined) throw new ArgumentError(`"${path}" is not a parameter of ${architecture}`);
  return `${theirs.replace('*', layer)}.${parameter}`;
}

/**
 * Our path of a tensor in a checkpoint, or undefined for one that is not the encoder's (a pooler, a task head, a
 * buffer). Prefixes of larger models and the old `gamma` and `beta` are understood.
 */
export function fromHuggingFaceName(architecture: Architecture, name: string): string | undefined {
  const prefix = PREFIXES.find((candidate) => name.startsWith(candidate)) ?? '';
  const [module, layer, parameter] = splitParameter(name.slice(prefix.length));
  const entry = Object.entries(names[architecture]).find(([, theirs]) => theirs === module);
  if (entry === undefined) return undefined;
  const ours = { gamma: 'weight', beta: 'bias' }[parameter] ?? parameter;
  return `encoder.${entry[0].replace('*', layer)}.${ours}`;
}
