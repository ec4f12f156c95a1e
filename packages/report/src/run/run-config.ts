import { z, type ZodType } from 'zod';

/** A group of parameters, and how it trains. */
export interface FreezingGroup {
  readonly group: string;
  readonly parameterCount: number;
  readonly trainedCount: number;
  readonly learningRates: readonly number[];
  readonly weightDecays: readonly number[];
  readonly thaws: readonly string[];
}

/** What config.json says of a run: all that its bytes follow from. */
export interface RunConfig {
  /** Tasks by name. */
  readonly tasks: Readonly<Record<string, RunTask>>;
  readonly freezing: string;
  readonly taskWeights: string;
  readonly steps: string;
  /** What the run is made of, as hashes and names. */
  readonly fingerprint: Readonly<Record<string, string>>;
  /** Absent in runs of an earlier release. */
  readonly freezingTable?:
    | {
        readonly strategy: string;
        readonly rows: readonly FreezingGroup[];
        readonly parameterCount: number;
        readonly trainedCount: number;
        readonly sharedLayers: boolean;
      }
    | undefined;
}

export interface RunTask {
  readonly kind: string;
  readonly labels?: readonly string[] | undefined;
  readonly threshold?: number | undefined;
  readonly thresholds?: Readonly<Record<string, number>> | undefined;
  readonly head?: RunHead | undefined;
}

export interface RunHead {
  readonly input?: unknown;
  readonly logitScale: number | null;
  readonly hiddenSizes: readonly number[];
}

const count = z.number().int().min(0);

export const runConfigSchema: ZodType<RunConfig> = z.object({
  tasks: z.record(
    z.string(),
    z.object({
      kind: z.string(),
      labels: z.array(z.string()).optional(),
      threshold: z.number().optional(),
      thresholds: z.record(z.string(), z.number()).optional(),
      head: z
        .object({ input: z.unknown(), logitScale: z.number().nullable(), hiddenSizes: z.array(z.number()) })
        .optional(),
    }),
  ),
  freezing: z.string(),
  taskWeights: z.string(),
  steps: z.string(),
  fingerprint: z.record(z.string(), z.string()),
  freezingTable: z
    .object({
      strategy: z.string(),
      rows: z.array(
        z.object({
          group: z.string(),
          parameterCount: count,
          trainedCount: count,
          learningRates: z.array(z.number()),
          weightDecays: z.array(z.number()),
          thaws: z.array(z.string()),
        }),
      ),
      parameterCount: count,
      trainedCount: count,
      sharedLayers: z.boolean(),
    })
    .optional(),
});
