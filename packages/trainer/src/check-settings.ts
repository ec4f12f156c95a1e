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
  const range =
    most === Infinity
      ? `of at least ${least === Number.MIN_VALUE ? 'more than 0' : least}`
      : `from ${least} to below ${most}`;
  throw new TrainingSettingsError(
    `${name} is ${String(value)}; it must be a ${whole ? 'whole' : 'finite'} number ${range}`,
  );
}

function checkEvery(name: string, every: Every): void {
  if (every === 'epoch' || (Number.isSafeInteger(every.steps) && every.steps >= 1)) return;
  throw new TrainingSettingsError(`${name} is every ${every.steps} steps; a whole number of at least 1 is needed`);
}

/**
 * Settings with the defaults for all that is left out.
 *
 * @throws TrainingSettingsError that names a setting that makes no sense, and what it may be
 */
export function completeSettings(given: Partial<TrainingSettings>): TrainingSettings {
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  const settings: TrainingSettings = { ...DEFAULT_SETTINGS, ...Object.fromEntries(known) };
  const values: Readonly<Record<string, unknown>> = { ...settings };
  for (const [name, rule] of Object.entries(RULES)) checkNumber(name, values[name], rule);
  checkEvery('evaluateEvery', settings.evaluateEvery);
  checkEvery('checkpointEvery', settings.checkpointEvery);
  checkNumber('prefixCache.memoryBytes', settings.prefixCache.memoryBytes, { least: 0 });
  return settings;
}
