import { METRICS } from '@sentence-mtl/evaluation';
import type { EvaluatedTask } from '../measure/evaluate-rows.ts';
import { measureDifference } from '../measure/measured-difference.ts';
import type { MeasuredMetric, MeasuredTask } from '../measure/measured-task.ts';
import { BASELINES, type BaselineName, type BaselineOutputs } from '../measure/run-baselines.ts';

/** The baseline that comes nearest to a model, or beyond it. */
export interface BestBaseline {
  readonly name: BaselineName;
  /** The model's primary metric less the baseline's, by the paired bootstrap. */
  readonly difference: MeasuredMetric;
}

/** Undefined where no baseline has a value. */
export function bestBaseline(
  { measured: { primary }, outputs }: Pick<EvaluatedTask, 'measured' | 'outputs'>,
  baselines: BaselineOutputs,
  measured: Readonly<Partial<Record<BaselineName, MeasuredTask>>>,
  seed: number,
): BestBaseline | undefined {
  const sign = METRICS[primary] === 'lower' ? -1 : 1;
  const value = (name: BaselineName): number => sign * (measured[name]?.interval.value ?? NaN);
  const [name] = BASELINES.filter((each) => !Number.isNaN(value(each))).toSorted((a, b) => value(b) - value(a));
  const others = name === undefined ? undefined : baselines[name];
  if (name === undefined || others === undefined) return undefined;
  return { name, difference: measureDifference(outputs, others, primary, seed) };
}
