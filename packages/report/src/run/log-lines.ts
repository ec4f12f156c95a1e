import { z, type ZodType } from 'zod';

const step = z.number().int().min(0);
const losses = z.record(z.string(), z.number().nullable());

/** A line of metrics.jsonl. */
export type MetricLine =
  | { readonly kind: 'step'; readonly step: number; readonly epoch: number; readonly taskLosses: Losses }
  | { readonly kind: 'epoch'; readonly step: number; readonly epoch: number; readonly taskLosses: Losses }
  | {
      readonly kind: 'evaluation';
      readonly step: number;
      readonly epoch: number;
      readonly losses: Losses;
      /** `task.metric` to its value. */
      readonly metrics: Losses;
    };

export type Losses = Readonly<Record<string, number | null>>;

/** A line of timing.jsonl. */
export type TimingLine =
  | { readonly kind: 'prefixCached'; readonly step: number; readonly texts: number; readonly seconds: number }
  | {
      readonly kind: 'step';
      readonly step: number;
      readonly rows: number;
      readonly tokens: number;
      readonly seconds: number;
    }
  | { readonly kind: 'evaluation'; readonly step: number; readonly seconds: number }
  | {
      /** The end of a training, or of a part of one that went on later. */
      readonly kind: 'run';
      readonly fromStep: number;
      readonly step: number;
      readonly seconds: number;
      readonly peakBytes: number;
      /** What it ran on. */
      readonly machine: string;
      /** ISO 8601. */
      readonly finished: string;
    };

export const metricLineSchema: ZodType<MetricLine> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step'), step, epoch: step, taskLosses: losses }),
  z.object({ kind: z.literal('epoch'), step, epoch: step, taskLosses: losses }),
  z.object({ kind: z.literal('evaluation'), step, epoch: step, losses, metrics: losses }),
]);

export const timingLineSchema: ZodType<TimingLine> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prefixCached'), step, texts: step, seconds: z.number() }),
  z.object({ kind: z.literal('step'), step, rows: step, tokens: step, seconds: z.number() }),
  z.object({ kind: z.literal('evaluation'), step, seconds: z.number() }),
  z.object({
    kind: z.literal('run'),
    fromStep: step,
    step,
    seconds: z.number(),
    peakBytes: z.number(),
    machine: z.string(),
    finished: z.string(),
  }),
]);
