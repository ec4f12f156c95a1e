import { bootstrapInterval, type Interval } from '../bootstrap/interval.ts';
import type { BootstrapOptions } from '../bootstrap/resample.ts';
import type { MetricName } from './metric-name.ts';
import type { TaskOutputs } from './task-outputs.ts';
import { taskStatistic } from './task-statistic.ts';

/**
 * How far a metric of a task might lie off by the choice of rows, by the bootstrap of those that have a label.
 * @throws ArgumentError when there is no such metric, the outputs are not sound, or the options are out of range
 */
export function taskInterval(outputs: TaskOutputs, name: MetricName, options: BootstrapOptions): Interval {
  const { rows, of } = taskStatistic(outputs, name);
  return bootstrapInterval(rows, (drawn) => of(drawn).value, options);
}
