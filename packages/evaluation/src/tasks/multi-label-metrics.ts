import { f1, jaccard, precision, recall, type Average } from '../classification/precision-recall-f1.ts';
import { isMissing } from '../labelled-rows.ts';
import type { Metric } from '../metric.ts';
import { countTags, countTagsByRow, type TagCounts } from '../multi-label/count-tags.ts';
import { hammingLoss } from '../multi-label/hamming-loss.ts';
import { coverageError, labelRankingAveragePrecision } from '../multi-label/label-ranking.ts';
import { subsetAccuracy } from '../multi-label/subset-accuracy.ts';
import { averagePrecision } from '../probabilities/average-precision.ts';
import { tagScores, type BinaryScores } from '../probabilities/binary-scores.ts';
import { meanOverLabels } from '../probabilities/mean-over-labels.ts';
import { rocAuc } from '../probabilities/roc-auc.ts';
import type { KindMetrics } from './kind-metrics.ts';
import { rowsWithKnown, selectProbabilities, selectValues } from './select-values.ts';
import type { MultiLabelOutputs } from './task-outputs.ts';

type Outputs = MultiLabelOutputs;

function ofCounts(metric: (counts: TagCounts) => Metric): (outputs: Outputs) => Metric {
  return ({ predictions, labels, labelCount }) => metric(countTags(predictions, labels, labelCount));
}

function ofScores(
  metric: (scores: BinaryScores) => Metric,
  average: Average,
): (outputs: Outputs, probabilities: ArrayLike<number>) => Metric {
  return ({ labels, labelCount }, probabilities) =>
    meanOverLabels(tagScores(probabilities, labels, labelCount), metric, average);
}

export const MULTI_LABEL: KindMetrics<Outputs> = {
  headline: ['f1Micro', 'f1Macro', 'subsetAccuracy'],
  rowCount: ({ labels, labelCount }) => labels.length / labelCount,
  labelledRows: ({ labels, labelCount }) => rowsWithKnown(labels, labelCount, (label) => !isMissing(label)),
  select: ({ kind, labelCount, predictions, labels, ...rest }, selection) => ({
    kind,
    labelCount,
    predictions: selectValues(predictions, selection.rows, labelCount),
    labels: selectValues(labels, selection.rows, labelCount),
    ...selectProbabilities(rest, selection, labelCount),
  }),
  truth: ({ labels }) => Float64Array.from(labels, (label) => (isMissing(label) ? NaN : label)),
  metrics: {
    precisionMicro: ofCounts((counts) => precision(counts, 'micro')),
    recallMicro: ofCounts((counts) => recall(counts, 'micro')),
    f1Micro: ofCounts((counts) => f1(counts, 'micro')),
    precisionMacro: ofCounts((counts) => precision(counts, 'macro', 'all')),
    recallMacro: ofCounts((counts) => recall(counts, 'macro', 'all')),
    f1Macro: ofCounts((counts) => f1(counts, 'macro', 'all')),
    f1Weighted: ofCounts((counts) => f1(counts, 'weighted')),
    f1Samples: ({ predictions, labels, labelCount }) =>
      f1(countTagsByRow(predictions, labels, labelCount), 'macro', 'all'),
    jaccardSamples: ({ predictions, labels, labelCount }) =>
      jaccard(countTagsByRow(predictions, labels, labelCount), 'macro', 'all'),
    subsetAccuracy: ({ predictions, labels, labelCount }) => subsetAccuracy(predictions, labels, labelCount),
    hammingLoss: ofCounts(hammingLoss),
  },
  probabilityMetrics: {
    rocAucMacro: ofScores(rocAuc, 'macro'),
    rocAucMicro: ofScores(rocAuc, 'micro'),
    averagePrecisionMacro: ofScores(averagePrecision, 'macro'),
    averagePrecisionMicro: ofScores(averagePrecision, 'micro'),
    labelRankingAveragePrecision: ({ labels, labelCount }, probabilities) =>
      labelRankingAveragePrecision(probabilities, labels, labelCount),
    coverageError: ({ labels, labelCount }, probabilities) => coverageError(probabilities, labels, labelCount),
  },
};
