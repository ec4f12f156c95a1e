// The settings as flags of a command line. A flag has no default of its own: one that is not given leaves the word to the
// config file, and then to the settings.
import type { CommandValues, OptionSpec } from '../command-line/command.ts';
import type { CommandContext } from '../command-line/command-context.ts';
import { UsageError } from '../command-line/errors.ts';
import { flagOf } from '../command-line/parse-command-line.ts';
import { isFolder } from '../files/path-kinds.ts';
import { settingProblem } from './setting-problem.ts';
import { KIND_NAMES, meaningOf, SAMPLING_NAMES, SETTINGS, type Settings } from './settings.ts';

function help(name: keyof Settings): string {
  const fallback = SETTINGS[name].parse(undefined);
  const isTold = typeof fallback === 'string' || typeof fallback === 'number';
  return isTold ? `${meaningOf(name)} (default: ${fallback})` : meaningOf(name);
}

type Flag<K extends OptionSpec['kind']> = Extract<OptionSpec, { readonly kind: K }>;

/** Flags that say what the rows are. */
export type DataFlags = Readonly<{
  validation: Flag<'list'>;
  test: Flag<'list'>;
  validationShare: Flag<'number'>;
  testShare: Flag<'number'>;
  textColumn: Flag<'text'>;
  tasks: Flag<'text'>;
  labels: Flag<'text'>;
  tagSeparator: Flag<'text'>;
  onBadRow: Flag<'choice'>;
  encoder: Flag<'text'>;
  maxLength: Flag<'count'>;
  seed: Flag<'number'>;
}>;

/** All settings but the training files, which are the command's words. */
export type SettingFlags = DataFlags &
  Readonly<{
    epochs: Flag<'count'>;
    batchSize: Flag<'count'>;
    learningRate: Flag<'number'>;
    headLearningRate: Flag<'number'>;
    weightDecay: Flag<'number'>;
    dropout: Flag<'number'>;
    freeze: Flag<'text'>;
    balancing: Flag<'text'>;
    sampling: Flag<'choice'>;
    checkpointEvery: Flag<'text'>;
    patience: Flag<'count'>;
    bestMetric: Flag<'text'>;
    tokenBudget: Flag<'limit'>;
    baselines: Flag<'switch'>;
    threads: Flag<'count'>;
  }>;

export const DATA_FLAGS: DataFlags = {
  validation: { kind: 'list', value: 'FILE', help: help('validation') },
  test: { kind: 'list', value: 'FILE', help: help('test') },
  validationShare: { kind: 'number', value: 'SHARE', help: help('validationShare') },
  testShare: { kind: 'number', value: 'SHARE', help: help('testShare') },
  textColumn: { kind: 'text', value: 'NAME', help: help('textColumn') },
  tasks: {
    kind: 'text',
    value: 'NAMES',
    help: `the columns to learn, as intent,stars:regression; kinds are ${KIND_NAMES.join(', ')} (default: all that look like labels)`,
  },
  labels: { kind: 'text', value: 'FILE', help: help('labels') },
  tagSeparator: { kind: 'text', value: 'TEXT', help: help('tagSeparator') },
  onBadRow: { kind: 'choice', value: 'WHAT', choices: ['stop', 'skip'], help: help('onBadRow') },
  encoder: { kind: 'text', value: 'MODEL', help: help('encoder') },
  maxLength: { kind: 'count', value: 'TOKENS', help: help('maxLength') },
  seed: { kind: 'number', value: 'N', help: help('seed') },
};

export const SETTING_FLAGS: SettingFlags = {
  ...DATA_FLAGS,
  epochs: { kind: 'count', value: 'N', help: help('epochs') },
  batchSize: { kind: 'count', value: 'ROWS', help: help('batchSize') },
  learningRate: { kind: 'number', value: 'RATE', help: help('learningRate') },
  headLearningRate: { kind: 'number', value: 'RATE', help: help('headLearningRate') },
  weightDecay: { kind: 'number', value: 'DECAY', help: help('weightDecay') },
  dropout: { kind: 'number', value: 'RATE', help: help('dropout') },
  freeze: { kind: 'text', value: 'WHAT', help: help('freeze') },
  balancing: {
    kind: 'text',
    value: 'METHOD',
    help: 'how the losses of tasks are weighed: equal, uncertainty, or weights, as intent=0.3,mood=1 (default: equal)',
  },
  sampling: { kind: 'choice', value: 'HOW', choices: SAMPLING_NAMES, help: 'how tasks share steps (default: mixed)' },
  checkpointEvery: { kind: 'text', value: 'WHEN', help: help('checkpointEvery') },
  patience: { kind: 'count', value: 'N', help: help('patience') },
  bestMetric: { kind: 'text', value: 'METRIC', help: help('bestMetric') },
  tokenBudget: { kind: 'limit', value: 'TOKENS', help: help('tokenBudget'), negatedHelp: 'never cut a step' },
  baselines: { kind: 'switch', help: meaningOf('baselines'), negatedHelp: 'measure the model only' },
  threads: { kind: 'count', value: 'N', help: help('threads') },
};

/** Values of some of the flags. */
export type FlagValues = Partial<CommandValues<Readonly<Record<never, never>>, SettingFlags>>;

/** `intent,stars:regression`. */
function parseTasks(words: string): Record<string, unknown> {
  const entries = words.split(',').map((word) => {
    const at = word.lastIndexOf(':');
    return at < 0 ? [word.trim(), 'inferred'] : [word.slice(0, at).trim(), word.slice(at + 1).trim()];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** `uncertainty`, or `intent=0.3,mood=1`. */
function parseBalancing(words: string): unknown {
  if (!words.includes('=')) return words;
  const entries = words.split(',').map((word) => {
    const at = word.lastIndexOf('=');
    const weight = word.slice(at + 1).trim();
    return [word.slice(0, at).trim(), weight === '' ? NaN : Number(weight)];
  });
  return Object.fromEntries(entries) as unknown;
}

type GivenSettings = Partial<Record<keyof Settings, unknown>>;

/** A path made absolute; `-` is standard input. */
const pathOf = (path: string, { resolve }: Pick<CommandContext, 'resolve'>): string =>
  path === '-' ? path : resolve(path);

/** Settings with paths made absolute, so that they mean the same wherever they are read. */
export async function withAbsolutePaths(
  given: GivenSettings,
  context: Pick<CommandContext, 'resolve'>,
): Promise<GivenSettings> {
  const absolute: GivenSettings = { ...given };
  for (const name of ['train', 'validation', 'test'] as const) {
    const paths = given[name];
    if (Array.isArray(paths))
      absolute[name] = paths.map((path: unknown) => (typeof path === 'string' ? pathOf(path, context) : path));
  }
  if (typeof given.labels === 'string') absolute.labels = context.resolve(given.labels);
  if (
    typeof given.encoder === 'string' &&
    given.encoder !== 'minilm' &&
    (await isFolder(context.resolve(given.encoder)))
  ) {
    absolute.encoder = context.resolve(given.encoder);
  }
  return absolute;
}

/** What flags say, under the names of the settings; those that are not given are not there. */
export function givenByFlags(flags: FlagValues, train: readonly string[]): GivenSettings {
  const { tasks, balancing, checkpointEvery, tokenBudget } = flags;
  const given: GivenSettings = {
    ...flags,
    train: train.length === 0 ? undefined : train,
    tasks: tasks === undefined ? undefined : parseTasks(tasks),
    balancing: balancing === undefined ? undefined : parseBalancing(balancing),
    checkpointEvery:
      checkpointEvery !== undefined && /^\d+$/.test(checkpointEvery) ? Number(checkpointEvery) : checkpointEvery,
    tokenBudget: tokenBudget === false ? null : tokenBudget,
  };
  const names = Object.keys(SETTINGS) as (keyof Settings)[];
  return Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])));
}

/** Checks each setting that flags give. @throws UsageError that names the flag and says what it takes */
export function checkFlags(given: GivenSettings): void {
  for (const [name, value] of Object.entries(given)) {
    const { error } = SETTINGS[name as keyof Settings].safeParse(value, { error: settingProblem });
    const issue = error?.issues[0];
    if (issue === undefined) continue;
    const at = issue.path.length === 0 ? '' : ` ${issue.path.join('.')}`;
    throw new UsageError(`${flagOf(name)}${at}: ${issue.message}`);
  }
}
