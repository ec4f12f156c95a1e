// What the options of the command line mean for a run.
import { ArgumentError } from '@sentence-mtl/core';
import {
  compose,
  freezeEncoder,
  freezeHeads,
  freezeLayersBelow,
  trainAll,
  type FreezeStrategy,
} from '@sentence-mtl/freeze-strategies';
import { equalWeights, fixedWeights, type BalancingMethod } from '@sentence-mtl/task-balancing';

/** The options of the command line, as `parseArgs` takes them. */
export const OPTIONS = {
  data: { type: 'string' },
  validation: { type: 'string' },
  encoder: { type: 'string', default: 'minilm' },
  epochs: { type: 'string' },
  'task-weights': { type: 'string' },
  freeze: { type: 'string', multiple: true },
  seed: { type: 'string', default: '42' },
  show: { type: 'string', default: '5' },
  run: { type: 'string' },
  resume: { type: 'boolean', default: false },
} as const;

export interface Options {
  /** Left out: five sentences that are built in. */
  readonly data?: string;
  /** Left out: a tenth of the data. */
  readonly validation?: string;
  readonly encoder: string;
  readonly epochs?: string;
  readonly 'task-weights'?: string;
  readonly freeze?: readonly string[];
  readonly seed: string;
  /** How many texts are shown with their predictions. */
  readonly show: string;
  /** The folder of the run; left out, a temporary one. */
  readonly run?: string;
  readonly resume: boolean;
}

function strategyOf(value: string): FreezeStrategy {
  const [kind, part = ''] = value.split(':', 2);
  if (value === 'none') return trainAll();
  if (value === 'encoder') return freezeEncoder();
  if (kind === 'layers' && /^\d+$/.test(part)) return freezeLayersBelow(Number(part));
  if (kind === 'head' && part !== '') return freezeHeads(part);
  throw new ArgumentError(`--freeze ${value} is none of none, encoder, layers:NUMBER and head:TASK`);
}

/** `encoder`, `layers:3` (the embeddings and the lowest three), `head:topic`, or several of them; `none` trains all. */
export function freezingOf(values: readonly string[] = ['none']): FreezeStrategy {
  return compose(...values.map(strategyOf));
}

/** `topic=1,sentiment=0.5`; a task that is not named has the weight 1. */
export function taskWeightsOf(value: string | undefined): BalancingMethod {
  if (value === undefined) return equalWeights();
  const weights = value.split(',').map((part) => {
    const [, task = '', number = ''] = /^\s*(.+?)\s*=\s*(\S+)\s*$/.exec(part) ?? [];
    if (task !== '' && !Number.isNaN(Number(number))) return [task, Number(number)] as const;
    throw new ArgumentError(`--task-weights has ${JSON.stringify(part)}; TASK=NUMBER is needed, several with commas`);
  });
  return fixedWeights(Object.fromEntries(weights));
}
