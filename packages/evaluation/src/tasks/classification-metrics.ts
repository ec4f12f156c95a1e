import { accuracy } from '../classification/accuracy.ts';
import { balancedAccuracy } from '../classification/balanced-accuracy.ts';
import { cohenKappa } from '../classification/cohen-kappa.ts';
import { confusionMatrix } from '../classification/confusion-matrix.ts';
import { matthewsCorrelation } from '../classification/matthews-correlation.ts';
import { f1, precision, recall } from '../classification/precision-recall-f1.ts';
import { countClasses, type ClassCounts } from '../label-counts.ts';
import { labelledRows } from '../labelled-rows.ts';
import type { Metric } from '../metric.ts';
import { averagePrecision } from '../probabilities/average-precision.ts';
import { oneVersusRest } from '../probabilities/binary-scores.ts';
import { brierScore } from '../probabilities/brier-score.ts';
import { calibrationBins, expectedCalibrationError } from '../probabilities/calibration.ts';
import { logLoss } from '../probabilities/log-loss.ts';
import { meanOverLabels } from '../probabilities/mean-over-labels.ts';
import { rocAuc } from '../probabilities/roc-auc.ts';
import { topKAccuracy } from '../probabilities/top-k-accuracy.ts';
import type { KindMetrics } from './kind-metrics.ts';
import { selectProbabilities, selectValues } from './select-values.ts';
import type { ClassificationOutputs } from './task-outputs.ts';

type Outputs = ClassificationOutputs;

function ofCounts(metric: (counts: ClassCounts) => Metric): (outputs: Outputs) => Metric {
  return ({ predictions, labels, labelCount }) => metric(countClasses(predictions, labels, labelCount));
}

function ofProbabilities(
  metric: (probabilities: ArrayLike<number>, labels: ArrayLike<number>, labelCount: number) => Metric,
): (outputs: Outputs, probabilities: ArrayLike<number>) => Metric {
  return ({ labels, labelCount }, probabilities) => metric(probabilities, labels, labelCount);
}

export const CLASSIFICATION: KindMetrics<Outputs> = {
  headline: ['accuracy', 'f1Macro', 'matthewsCorrelation'],
  rowCount: ({ labels }) => labels.length,
  labelledRows: ({ labels, labelCount }) => labelledRows(labels, labelCount),
  select: ({ kind, labelCount, predictions, labels, ...rest }, selection) => ({
    kind,
    labelCount,
    predictions: selectValues(predictions, selection.rows, 1),
    labels: selectValues(labels, selection.rows, 1),
    ...selectProbabilities(rest, selection, labelCount),
  }),
  truth: ({ labels }) => labels,
  metrics: {
    accuracy: ofCounts(accuracy),
    balancedAccuracy: ofCounts(balancedAccuracy),
    precisionMacro: ofCounts((counts) => precision(counts, 'macro')),
    recallMacro: ofCounts((counts) => recall(counts, 'macro')),
    f1Macro: ofCounts((counts) => f1(counts, 'macro')),
    f1Weighted: ofCounts((counts) => f1(counts, 'weighted')),
    matthewsCorrelation: ofCounts(matthewsCorrelation),
    cohenKappa: ({ predictions, labels, labelCount }) => cohenKappa(confusionMatrix(predictions, labels, labelCount)),
  },
  probabilityMetrics: {
    top3Accuracy: ofProbabilities((...scores) => topKAccuracy(...scores, 3)),
    top5Accuracy: ofProbabilities((...scores) => topKAccuracy(...scores, 5)),
    rocAucMacro: ofProbabilities((...scores) => meanOverLabels(oneVersusRest(...scores), rocAuc, 'macro')),
    rocAucWeighted: ofProbabilities((...scores) => meanOverLabels(oneVersusRest(...scores), rocAuc, 'weighted')),
    averagePrecisionMacro: ofProbabilities((...scores) =>
      meanOverLabels(oneVersusRest(...scores), averagePrecision, 'macro'),
    ),
    logLoss: ofProbabilities(logLoss),
    brierScore: ofProbabilities(brierScore),
    expectedCalibrationError: ofProbabilities((...scores) => expectedCalibrationError(calibrationBins(...scores))),
  },
};
