import { describeValue, nearestMatch } from '@sentence-mtl/core';
import { TrainingSettingsError } from './errors.ts';
import { DEFAULT_SETTINGS, type Every, type TrainingSettings } from './settings.ts';

interface NumberRule {
  readonly whole?: boolean;
  readonly least: number;
  /** Values are below this, or equal to it where they are whole. */
  readonly most?: number;
}

const RULES: Readonly<Record<string, NumberRule>> = {
  seed: { whole: true, least: 0, most: Number.MAX_SAFE_INTEGER },
  maxLength: { whole: true, least: 1 },
  learningRate: { least: 0 },
  headLearningRate: { least: 0 },
  weightDecay: { least: 0 },
  beta1: { least: 0, most: 1 },
  beta2: { least: 0, most: 1 },
  epsilon: { least: Number.MIN_VALUE },
  clipNorm: { least: Number.MIN_VALUE },
  dropout: { least: 0, most: 1 },
  keepCheckpoints: { whole: true, least: 1 },
  patience: { whole: true, least: 1 },
  logEvery: { whole: true, least: 1 },
};

const NULLABLE = new Set(['learningRate', 'headLearningRate', 'clipNorm', 'dropout', 'patience']);

function checkNumber(name: string, value: unknown, { whole = false, least, most = Infinity }: NumberRule): void {
  if (value === null && NULLABLE.has(name)) return;
  const fits =
    typeof value === 'number' && Number.isFinite(value) && value >= least && (whole ? value <= most : value < most);
  if (fits && (!whole || Number.isInteger(value))) return;
  const lowest = least === Number.MIN_VALUE ? 'above 0' : `of at least ${least}`;
  const range = most === Infinity ? lowest : `from ${least} to ${whole ? '' : 'below '}${most}`;
  throw new TrainingSettingsError(
    `${name} is ${String(value)}; it must be a ${whole ? 'whole' : 'finite'} number ${range}`,
  );
}

function checkEvery(name: string, every: Every): void {
  if (every === 'epoch' || (Number.isSafeInteger(every.steps) && every.steps >= 1)) return;
  throw new TrainingSettingsError(`${name} is every ${every.steps} steps; a whole number of at least 1 is needed`);
}

/** @throws TrainingSettingsError for a key that is no setting: a mistyped one would leave the default in its place */
function checkKeys(given: object, known: object, prefix = ''): void {
  const names = Object.keys(known);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const nearest = nearestMatch(unknown, names);
  const hint = nearest === undefined ? `settings are ${names.join(', ')}` : `did you mean "${prefix}${nearest}"?`;
  throw new TrainingSettingsError(`there is no setting "${prefix}${unknown}"; ${hint}`);
}

function checkChoice(name: string, value: unknown, choices: readonly unknown[]): void {
  if (choices.includes(value)) return;
  throw new TrainingSettingsError(`${name} is ${describeValue(value)}; it is one of ${choices.join(', ')}`);
}

/**
 * Settings with the defaults for all that is left out.
 *
 * @throws TrainingSettingsError that names a setting that makes no sense, and what it may be
 */
export function completeSettings(given: Partial<TrainingSettings>): TrainingSettings {
  checkKeys(given, DEFAULT_SETTINGS);
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  const settings: TrainingSettings = { ...DEFAULT_SETTINGS, ...Object.fromEntries(known) };
  const values: Readonly<Record<string, unknown>> = { ...settings };
  for (const [name, rule] of Object.entries(RULES)) checkNumber(name, values[name], rule);
  checkEvery('evaluateEvery', settings.evaluateEvery);
  checkEvery('checkpointEvery', settings.checkpointEvery);
  checkChoice('nonFinite', settings.nonFinite, ['stop', 'skip']);
  const { prefixCache } = settings;
  checkKeys(prefixCache, DEFAULT_SETTINGS.prefixCache, 'prefixCache.');
  checkChoice('prefixCache.enabled', prefixCache.enabled, [true, false]);
  checkChoice('prefixCache.precision', prefixCache.precision, ['float32', 'float16']);
  checkNumber('prefixCache.memoryBytes', prefixCache.memoryBytes, { least: 0 });
  return settings;
}
