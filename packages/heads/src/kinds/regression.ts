import { describeValue, float32Tensor, unreachable } from '@sentence-mtl/core';
import { huber, meanAbsoluteError, meanSquaredError, type Loss } from '@sentence-mtl/losses';
import { constant, div, float32, sub, type Value } from '@sentence-mtl/program';
import { z, type ZodType } from 'zod';
import { configuredTask, type HeadSettings, type TypedSettings } from '../configured-task.ts';
import { TaskConfigError } from '../errors.ts';
import { headSchema, type HeadConfig } from '../head-config.ts';
import { numberOf } from '../number-label.ts';
import { fitTargetScale, type TargetScale } from '../target-scale.ts';
import type { LabelProblem, TaskKind } from '../task-kind.ts';
import { textHead } from '../text-head.ts';

export type RegressionLoss =
  | { readonly type: 'meanSquaredError' }
  | { readonly type: 'meanAbsoluteError' }
  | { readonly type: 'huber'; readonly delta: number };

/** A number, or `size` numbers, for each text. */
export interface RegressionTask<S extends number = number> {
  readonly kind: 'regression';
  readonly size: S;
  /** Whether the head learns targets of mean 0 and deviation 1, which losses and rates are made for. */
  readonly standardize: boolean;
  /** Mean and deviation of the training split's targets, by which predictions are brought back; null until fitted. */
  readonly scale: TargetScale | null;
  readonly head: HeadConfig;
  readonly loss: RegressionLoss;
}

export interface RegressionSettings<S extends number> {
  /** 1 by default. */
  readonly size?: S;
  /** False by default. */
  readonly standardize?: boolean;
  readonly head?: HeadSettings;
  /** Mean squared error by default. */
  readonly loss?: TypedSettings<RegressionLoss>;
}

/** `value` of a scalar task, `values` of one with more. */
export type RegressionPrediction<S extends number> = S extends 1
  ? { readonly value: number }
  : number extends S
    ? { readonly value: number } | { readonly values: readonly number[] }
    : { readonly values: readonly number[] };

const finite = z.number();

const schema: ZodType<RegressionTask> = z
  .strictObject({
    kind: z.literal('regression'),
    size: z.int().min(1).max(65536).default(1),
    standardize: z.boolean().default(false),
    scale: z
      .strictObject({ means: z.array(finite), deviations: z.array(finite.gt(0)) })
      .nullable()
      .default(null),
    head: headSchema,
    loss: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('meanSquaredError') }),
        z.strictObject({ type: z.literal('meanAbsoluteError') }),
        z.strictObject({ type: z.literal('huber'), delta: z.number().gt(0).default(1) }),
      ])
      .prefault({ type: 'meanSquaredError' }),
  })
  .superRefine(({ size, scale }, context) => {
    if (scale === null || (scale.means.length === size && scale.deviations.length === size)) return;
    const message = `has ${scale.means.length} means and ${scale.deviations.length} deviations for ${size} numbers`;
    context.addIssue({ code: 'custom', message, path: ['scale'] });
  });

/**
 * A task with a number, or several, for each text.
 *
 * @throws TaskConfigError where settings are wrong
 */
export function regression(settings?: RegressionSettings<1>): RegressionTask<1>;
export function regression<const S extends number>(settings: RegressionSettings<S>): RegressionTask<S>;
export function regression(settings: RegressionSettings<number> = {}): RegressionTask {
  return configuredTask(schema, { ...settings, kind: 'regression' }, 'regression');
}

/** @throws TaskConfigError where the targets' scale is wanted and not known yet */
function scaleOf({ standardize, scale }: RegressionTask): TargetScale | undefined {
  if (!standardize) return undefined;
  if (scale !== null) return scale;
  throw new TaskConfigError(
    'a regression that standardises its targets is not fitted yet; fitTask does that, with the labels of the training split',
  );
}

function lossOf(task: RegressionTask, outputs: Value, targets: Value): Loss {
  const scale = scaleOf(task);
  const row = (values: readonly number[]): Value => constant(float32Tensor(values, [values.length]));
  const scaled = scale === undefined ? targets : div(sub(targets, row(scale.means)), row(scale.deviations));
  const { loss } = task;
  switch (loss.type) {
    case 'meanSquaredError':
      return meanSquaredError(outputs, scaled);
    case 'meanAbsoluteError':
      return meanAbsoluteError(outputs, scaled);
    case 'huber':
      return huber(outputs, scaled, loss.delta);
    default:
      return unreachable(loss);
  }
}

function targetRow({ size }: RegressionTask, target: unknown): readonly number[] | LabelProblem {
  const given: readonly unknown[] = Array.isArray(target) ? target : [target];
  if (given.length !== size) return { problem: `${describeValue(target)} is not a list of ${size} numbers` };
  const row = given.map(numberOf);
  const bad = row.indexOf(undefined);
  if (bad >= 0) return { problem: `${describeValue(given[bad])} is not a number` };
  const large = row.findIndex((value) => !Number.isFinite(Math.fround(value ?? NaN)));
  if (large >= 0) return { problem: `${describeValue(given[large])} is larger than training computes with, 3.4e38` };
  return row.map((value) => value ?? NaN);
}

/** Outputs in the units of the targets: (N, size). */
function valuesOf(task: RegressionTask, data: ArrayLike<number>): Float64Array {
  const scale = scaleOf(task);
  return Float64Array.from(data, (output, at) => {
    const dimension = at % task.size;
    return scale === undefined
      ? output
      : output * (scale.deviations[dimension] ?? NaN) + (scale.means[dimension] ?? NaN);
  });
}

export const regressionKind: TaskKind<RegressionTask, RegressionPrediction<number>> = {
  schema,
  ...textHead(({ size }) => size),
  labelType: ({ size }) => float32('batch', size),
  missingLabel: NaN,
  loss: (task, [outputs], targets) => lossOf(task, outputs, targets),
  labelRow: targetRow,
  fit: (task, rows) => (task.standardize ? { ...task, scale: fitTargetScale(rows, task.size) } : task),
  predictions: (task, [outputs]) => {
    const [values, { size }] = [valuesOf(task, outputs?.data ?? []), task];
    if (size === 1) return Array.from(values, (value) => ({ value }));
    return Array.from({ length: values.length / size }, (_, row) => ({
      values: [...values.subarray(row * size, (row + 1) * size)],
    }));
  },
  evaluated: (task, [outputs], { data }) => ({
    kind: 'regression',
    predictions: valuesOf(task, outputs?.data ?? []),
    labels: data,
    width: task.size,
  }),
};

/** The prediction of a task of this kind; never for others. */
export type RegressionPredictionOf<T> = T extends RegressionTask<infer S> ? RegressionPrediction<S> : never;
/** The label that a row of this kind may have; never for others. */
export type RegressionLabelOf<T> =
  T extends RegressionTask<infer S>
    ? S extends 1
      ? number
      : number extends S
        ? number | readonly number[]
        : readonly number[]
    : never;
