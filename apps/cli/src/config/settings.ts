// The settings of a training: every one has a default, the same name in a config file and as a flag, and one description
// that help texts, the JSON Schema and `init` all take from here.
import { z, type ZodType } from 'zod';
import { mustBeOneOf, type OtherForm } from './setting-problem.ts';

/** What is frozen: `layers:K` is the embeddings and the lowest K layers. */
const FREEZE_NAMES = ['none', 'embeddings', 'encoder', 'bias-only', 'layer-norm-only', 'gradual'] as const;
/** How the losses of tasks are weighed, besides by given numbers. */
export const BALANCING_NAMES = ['equal', 'uncertainty'] as const;
/** How tasks share steps. */
export const SAMPLING_NAMES = ['mixed', 'proportional', 'round-robin'] as const;
/** Kinds that a column of labels can be given; a pair's labels make the kinds for pairs of them. */
export const KIND_NAMES = ['classification', 'multi-label', 'regression'] as const;

export interface Settings {
  readonly train: readonly string[];
  readonly validation: readonly string[];
  readonly test: readonly string[];
  readonly validationShare: number;
  readonly testShare: number;
  readonly textColumn: string;
  readonly tasks: Readonly<Record<string, (typeof KIND_NAMES)[number] | 'inferred'>> | null;
  readonly labels: string | null;
  readonly tagSeparator: string | null;
  readonly onBadRow: 'stop' | 'skip';
  readonly encoder: string;
  readonly epochs: number | null;
  readonly batchSize: number;
  readonly maxLength: number;
  readonly learningRate: number | null;
  readonly headLearningRate: number | null;
  readonly weightDecay: number;
  readonly dropout: number | null;
  readonly freeze: string;
  readonly balancing: (typeof BALANCING_NAMES)[number] | Readonly<Record<string, number>>;
  readonly sampling: (typeof SAMPLING_NAMES)[number];
  readonly checkpointEvery: 'epoch' | number;
  readonly patience: number | null;
  readonly bestMetric: string;
  readonly tokenBudget: number | null;
  readonly baselines: boolean;
  readonly seed: number;
  readonly threads: number | null;
}

const path = z.string().min(1);
const whole = z.int().min(1);
const share = z.number().min(0).lt(1);
const rate = z.number().min(0).nullable();

/** What a setting must be that is one of some names, or something else; with the name that was meant. */
function oneOf(names: readonly string[], other: OtherForm): (issue: { readonly input?: unknown }) => string {
  return ({ input }) => mustBeOneOf(input, names, other);
}

const freeze = z.string().regex(new RegExp(`^(${FREEZE_NAMES.join('|')}|layers:[1-9]\\d*)$`), {
  error: oneOf(FREEZE_NAMES, { says: 'or layers:K for the embeddings and the lowest K layers', form: 'layers:K' }),
});
const balancing = z.union([z.enum(BALANCING_NAMES), z.record(z.string(), z.number().min(0))], {
  error: oneOf(BALANCING_NAMES, { says: 'or a weight of at least 0 for each task' }),
});
const checkpointEvery = z.union([z.literal('epoch'), whole], {
  error: oneOf(['epoch'], { says: 'or a number of steps of at least 1' }),
});

/** Each setting with its rule, its default and what it means. */
export const SETTINGS: { readonly [K in keyof Settings]: ZodType<Settings[K]> } = {
  train: z
    .array(path)
    .default([])
    .describe('files of labelled rows: .jsonl, .csv, .tsv, .parquet, also .gz, or patterns'),
  validation: z
    .array(path)
    .default([])
    .describe('files to choose the best epoch by; none: a share of the training rows'),
  test: z
    .array(path)
    .default([])
    .describe('files to measure the finished model on; none: a share of the training rows'),
  validationShare: share.default(0.1).describe('of the training rows, where there is no validation file; 0 for none'),
  testShare: share.default(0.1).describe('of the training rows, where there is no test file; 0 for none'),
  textColumn: z.string().min(1).default('text').describe('the column of the texts'),
  tasks: z
    .record(z.string(), z.enum([...KIND_NAMES, 'inferred']))
    .nullable()
    .default(null)
    .describe('the columns to learn, each with its kind; null: all columns that look like labels'),
  labels: path
    .nullable()
    .default(null)
    .describe('a labels.json with the labels of tasks; null: those of the training rows'),
  tagSeparator: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'between the labels in one cell of a table: a text such as |, json for lists, none; null: found out among |, ; and json',
    ),
  onBadRow: z
    .enum(['stop', 'skip'])
    .default('stop')
    .describe('what becomes of rows that cannot be used: skip writes them to rejected.jsonl'),
  encoder: z
    .string()
    .min(1)
    .default('minilm')
    .describe('the pretrained encoder: minilm (built in), a folder, or owner/name on the hub'),
  epochs: whole
    .nullable()
    .default(null)
    .describe('how often each row is seen; null: 3 times, or as often as makes 500 steps, at most 20 times'),
  batchSize: whole.default(32).describe('rows of a step'),
  maxLength: whole.default(128).describe('tokens of a text that training reads; the rest is cut off'),
  learningRate: rate.default(null).describe('of the encoder; null: 5e-5 below 40 million parameters, else 2e-5'),
  headLearningRate: rate
    .default(null)
    .describe('of the heads; null: 3e-2 on embeddings of length 1, 1e-2 for numbers, else 1e-3'),
  weightDecay: z.number().min(0).default(0.01).describe('of all but biases and normalisations'),
  dropout: z.number().min(0).lt(1).nullable().default(null).describe("in place of the encoder's own; null keeps that"),
  freeze: freeze.default('none').describe(`what does not train: ${FREEZE_NAMES.join(', ')}, layers:K`),
  balancing: balancing
    .default('equal')
    .describe(`how the losses of tasks are weighed: ${BALANCING_NAMES.join(', ')}, or a number for each task`),
  sampling: z
    .enum(SAMPLING_NAMES)
    .default('mixed')
    .describe(`how tasks share steps: ${SAMPLING_NAMES.join(', ')}`),
  checkpointEvery: checkpointEvery
    .default('epoch')
    .describe('when to save a point to go on from: epoch, or a number of steps'),
  patience: whole
    .nullable()
    .default(null)
    .describe('evaluations without a better value after which to stop; null: never'),
  bestMetric: z.string().min(1).default('mean').describe('what the best epoch is chosen by: mean, or TASK.METRIC'),
  tokenBudget: whole
    .nullable()
    .default(4096)
    .describe('most tokens computed at once; a larger step is cut, which changes nothing but memory; null never cuts'),
  baselines: z.boolean().default(true).describe('whether simple methods are measured beside the model'),
  seed: z.int().min(0).default(42).describe('of all that is random'),
  threads: whole.nullable().default(null).describe('processor threads; null: all'),
};

/** What a setting means. */
export function meaningOf(name: keyof Settings): string {
  return SETTINGS[name].description ?? '';
}

export const settingsSchema: ZodType<Settings> = z.strictObject(SETTINGS);
