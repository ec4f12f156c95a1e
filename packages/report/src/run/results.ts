import { z, type ZodType } from 'zod';

/** A metric and its 95 % interval; null where the rows allow none. */
export interface MeasuredInterval {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Measured {
  readonly kind: string;
  readonly rows: number;
  /** The name of the metric that a task of this kind is judged by. */
  readonly primary: string;
  readonly interval: MeasuredInterval;
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** Of a task: the model, and the baselines by name. */
export interface TaskResult {
  readonly model: Measured;
  readonly baselines: Readonly<Record<string, Measured>>;
  /** The best of them, and the model's metric less its own on the same rows; absent where there is none. */
  readonly best?: { readonly name: string; readonly difference: MeasuredInterval } | undefined;
}

/** What results.json says: metrics on the test rows. */
export interface Results {
  readonly testRows: number;
  /** Training rows that the baselines have learnt from. */
  readonly baselineRows: number;
  readonly tasks: Readonly<Record<string, TaskResult>>;
}

const metric = z.number().nullable();
const interval = z.object({ value: metric, low: metric, high: metric });
const measured: ZodType<Measured> = z.object({
  kind: z.string(),
  rows: z.number().int().min(0),
  primary: z.string(),
  interval,
  metrics: z.record(z.string(), metric),
});

export const resultsSchema: ZodType<Results> = z.object({
  testRows: z.number().int().min(0),
  baselineRows: z.number().int().min(0),
  tasks: z.record(
    z.string(),
    z.object({
      model: measured,
      baselines: z.record(z.string(), measured),
      best: z.object({ name: z.string(), difference: interval }).optional(),
    }),
  ),
});

const BASELINE_NAMES: Readonly<Record<string, string>> = {
  majority: 'majority',
  tfidf: 'TF-IDF, linear',
  frozenEmbeddings: 'frozen embeddings',
};

/** What a baseline is called in tables. */
export function baselineTitle(name: string): string {
  return Object.hasOwn(BASELINE_NAMES, name) ? (BASELINE_NAMES[name] ?? name) : name;
}
