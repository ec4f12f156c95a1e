import { meanOfMetrics } from '../mean-of-metrics.ts';
import type { Metric } from '../metric.ts';
import { kendall, pearson, spearman } from '../regression/correlation.ts';
import { maxError, meanAbsoluteError, meanSquaredError, rootMeanSquaredError } from '../regression/errors.ts';
import { explainedVariance, r2 } from '../regression/explained.ts';
import { numberPairs, type NumberPairs } from '../regression/number-pairs.ts';
import type { KindMetrics } from './kind-metrics.ts';
import { rowsWithKnown, selectValues } from './select-values.ts';
import type { NumberOutputs } from './task-outputs.ts';

/** The pairs of each of the W numbers of a row. */
function columnsOf({ predictions, labels, width = 1 }: NumberOutputs): readonly NumberPairs[] {
  if (width === 1) return [numberPairs(predictions, labels)];
  const column = (values: ArrayLike<number>, at: number): Float64Array =>
    Float64Array.from({ length: values.length / width }, (_, row) => values[row * width + at] ?? NaN);
  return Array.from({ length: width }, (_, at) => numberPairs(column(predictions, at), column(labels, at)));
}

/** The mean of a metric over the W numbers of a row. */
function meanOverColumns(metric: (pairs: NumberPairs) => Metric): (outputs: NumberOutputs) => Metric {
  return (outputs) =>
    meanOfMetrics(
      columnsOf(outputs).map((pairs) => ({ ...metric(pairs), weight: 1 })),
      'labels-left-out',
    );
}

function greatestError(outputs: NumberOutputs): Metric {
  const metrics = columnsOf(outputs).map(maxError);
  return metrics.reduce((most, metric) => ((metric.value ?? -1) > (most.value ?? -1) ? metric : most));
}

function numberMetrics(headline: KindMetrics<NumberOutputs>['headline']): KindMetrics<NumberOutputs> {
  return {
    headline,
    rowCount: ({ labels, width = 1 }) => labels.length / width,
    labelledRows: ({ labels, width = 1 }) => rowsWithKnown(labels, width, (label) => !Number.isNaN(label)),
    select: ({ kind, predictions, labels, width = 1 }, { rows }) => ({
      kind,
      width,
      predictions: selectValues(predictions, rows, width),
      labels: selectValues(labels, rows, width),
    }),
    truth: ({ labels }) => labels,
    metrics: {
      spearman: meanOverColumns(spearman),
      pearson: meanOverColumns(pearson),
      kendall: meanOverColumns(kendall),
      r2: meanOverColumns(r2),
      explainedVariance: meanOverColumns(explainedVariance),
      meanAbsoluteError: meanOverColumns(meanAbsoluteError),
      meanSquaredError: meanOverColumns(meanSquaredError),
      rootMeanSquaredError: meanOverColumns(rootMeanSquaredError),
      maxError: greatestError,
    },
    probabilityMetrics: {},
  };
}

export const REGRESSION: KindMetrics<NumberOutputs> = numberMetrics(['spearman', 'r2', 'rootMeanSquaredError']);
export const PAIR_SIMILARITY: KindMetrics<NumberOutputs> = numberMetrics(['spearman', 'pearson']);
