// What is compared: which parts of a model are frozen while it learns, on general text and on text of another domain.
import {
  freezeEncoder,
  freezeHeads,
  freezeLayersBelow,
  gradualUnfreezing,
  trainAll,
  type FreezeStrategy,
} from '@sentence-mtl/freeze-strategies';

/** The task that the model has learnt before, its head alone. */
export const OLD_TASK = 'sentiment';
/** The task that the model is to learn beside it. */
const NEW_TASK = 'intent';

/** The data sets of a domain, with the task that each has. */
export interface Domain {
  readonly name: 'general' | 'scientific';
  readonly title: string;
  readonly sets: Readonly<Record<string, string>>;
}

export const GENERAL: Domain = {
  name: 'general',
  title: 'General text: a model that knows one task learns another',
  sets: { [OLD_TASK]: 'movie-sentiment', [NEW_TASK]: 'snips-intent' },
};

export const SCIENTIFIC: Domain = {
  name: 'scientific',
  title: 'Transfer: the model that was wholly trained on general text learns scientific text',
  sets: { role: 'csabstruct', citation_intent: 'scicite', topic: 'mag-topic' },
};

export interface Scenario {
  readonly name: string;
  readonly domain: Domain;
  /** What is frozen in a model of so many layers, in a run of so many epochs; left out, nothing is trained. */
  readonly freezing?: (layers: number, epochs: number) => FreezeStrategy;
  /** The tasks of the domain whose texts are trained on; left out, all. The heads of others are left as they are. */
  readonly tasks?: readonly string[];
}

/** The heads, then with the upper half of the layers, then all: each a third of the run, as evenly as epochs allow. */
function gradual(layers: number, epochs: number): FreezeStrategy {
  const every = Math.max(1, Math.floor(epochs / 3));
  return gradualUnfreezing({ when: { kind: 'epoch', every }, layersAtOnce: Math.ceil(layers / 2) });
}

const lowerHalf = (layers: number): FreezeStrategy => freezeLayersBelow(Math.floor(layers / 2));

/** The scenario whose model the transfer begins with. */
export const WHOLLY_TRAINED = 'everything trained';

export const SCENARIOS: readonly Scenario[] = [
  { name: 'everything frozen', domain: GENERAL },
  { name: 'heads only', domain: GENERAL, freezing: freezeEncoder },
  { name: `encoder and head of ${NEW_TASK}`, domain: GENERAL, freezing: () => freezeHeads(OLD_TASK) },
  { name: `the same, no ${OLD_TASK} texts`, domain: GENERAL, freezing: trainAll, tasks: [NEW_TASK] },
  { name: 'lower layers frozen', domain: GENERAL, freezing: lowerHalf },
  { name: 'gradual unfreezing', domain: GENERAL, freezing: gradual },
  { name: WHOLLY_TRAINED, domain: GENERAL, freezing: trainAll },
  { name: 'everything frozen', domain: SCIENTIFIC },
  { name: 'heads only', domain: SCIENTIFIC, freezing: freezeEncoder },
  { name: 'lower layers frozen', domain: SCIENTIFIC, freezing: lowerHalf },
  { name: WHOLLY_TRAINED, domain: SCIENTIFIC, freezing: trainAll },
];
