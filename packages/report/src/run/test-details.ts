import { z, type ZodType } from 'zod';

/** How one label fares on the test rows. */
export interface LabelResult {
  readonly label: string;
  /** Rows that have the label. */
  readonly support: number;
  /** Rows that were given the label. */
  readonly predicted: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** A label taken for another. */
export interface Confusion {
  readonly label: string;
  readonly predicted: string;
  readonly rows: number;
  /** Of the row in which the model was surest of it. */
  readonly example?: string | undefined;
}

/** Rows whose confidence is in `(low, high]`. */
export interface ConfidenceBin {
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

/** A row that is predicted wrong. */
export interface WrongRow {
  /** `file:line` */
  readonly place: string;
  readonly texts: readonly string[];
  readonly label?: unknown;
  readonly predicted?: unknown;
  /** The confidence in a wrong label, the number of wrong tags, the distance of a number. */
  readonly error: number;
}

/** What a threshold on the score of a tag gives. */
export interface ThresholdPoint {
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface TagThresholds {
  readonly label: string;
  /** That the model decides by. */
  readonly threshold: number;
  readonly points: readonly ThresholdPoint[];
}

/** Of a task on the test rows; what does not apply to its kind is empty. */
export interface TaskDetails {
  readonly labels: readonly LabelResult[];
  /** The most frequent first. */
  readonly confusions: readonly Confusion[];
  readonly calibration: readonly ConfidenceBin[];
  readonly thresholds: readonly TagThresholds[];
  /** A label and what was predicted for it, of all rows or of a sample. */
  readonly points: readonly (readonly [number, number])[];
  /** The most wrong first. */
  readonly worst: readonly WrongRow[];
}

/** What test.json says: the test rows seen from nearer than metrics do, by task. */
export interface TestDetails {
  readonly tasks: Readonly<Record<string, TaskDetails>>;
}

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);

const taskSchema: ZodType<TaskDetails> = z.object({
  labels: z.array(
    z.object({ label: z.string(), support: count, predicted: count, precision: share, recall: share, f1: share }),
  ),
  confusions: z.array(
    z.object({ label: z.string(), predicted: z.string(), rows: count, example: z.string().optional() }),
  ),
  calibration: z.array(
    z.object({ low: share, high: share, rows: count, confidence: share.nullable(), accuracy: share.nullable() }),
  ),
  thresholds: z.array(
    z.object({
      label: z.string(),
      threshold: share,
      points: z.array(z.object({ threshold: share, precision: share, recall: share, f1: share })),
    }),
  ),
  points: z.array(z.tuple([z.number(), z.number()])),
  worst: z.array(
    z.object({
      place: z.string(),
      texts: z.array(z.string()),
      label: z.unknown(),
      predicted: z.unknown(),
      error: z.number(),
    }),
  ),
});

export const testDetailsSchema: ZodType<TestDetails> = z.object({ tasks: z.record(z.string(), taskSchema) });
