export { bootstrapDifference } from './bootstrap/difference.ts';
export type { DifferenceInterval } from './bootstrap/difference.ts';
export { bootstrapInterval } from './bootstrap/interval.ts';
export type { Interval } from './bootstrap/interval.ts';
export type { BootstrapOptions, Statistic } from './bootstrap/resample.ts';
export { accuracy } from './classification/accuracy.ts';
export { balancedAccuracy } from './classification/balanced-accuracy.ts';
export { cohenKappa } from './classification/cohen-kappa.ts';
export type { KappaWeights } from './classification/cohen-kappa.ts';
export { confusionMatrix } from './classification/confusion-matrix.ts';
export type { ConfusionMatrix } from './classification/confusion-matrix.ts';
export { matthewsCorrelation } from './classification/matthews-correlation.ts';
export { f1, jaccard, labelMetrics, precision, recall } from './classification/precision-recall-f1.ts';
export type { Average, AveragedLabels, LabelMetrics } from './classification/precision-recall-f1.ts';
export { countClasses } from './label-counts.ts';
export type { ClassCounts, LabelCounts } from './label-counts.ts';
export { METRIC_NOTES } from './metric.ts';
export type { Metric, MetricNote } from './metric.ts';
export { countTags, countTagsByRow } from './multi-label/count-tags.ts';
export type { TagCounts } from './multi-label/count-tags.ts';
export { hammingLoss } from './multi-label/hamming-loss.ts';
export { coverageError, labelRankingAveragePrecision } from './multi-label/label-ranking.ts';
export { subsetAccuracy } from './multi-label/subset-accuracy.ts';
export { argMaxRows } from './probabilities/arg-max-rows.ts';
export { averagePrecision } from './probabilities/average-precision.ts';
export { binaryScores, oneVersusRest, tagScores } from './probabilities/binary-scores.ts';
export type { BinaryScores } from './probabilities/binary-scores.ts';
export { binaryBrierScore, brierScore } from './probabilities/brier-score.ts';
export { calibrationBins, expectedCalibrationError } from './probabilities/calibration.ts';
export type { CalibrationBin } from './probabilities/calibration.ts';
export { logLoss } from './probabilities/log-loss.ts';
export { meanOverLabels } from './probabilities/mean-over-labels.ts';
export { oneVersusOneRocAuc } from './probabilities/one-versus-one-roc-auc.ts';
export { precisionRecallCurve } from './probabilities/precision-recall-curve.ts';
export type { PrecisionRecallPoint } from './probabilities/precision-recall-curve.ts';
export { rocAuc } from './probabilities/roc-auc.ts';
export { topKAccuracy } from './probabilities/top-k-accuracy.ts';
export { kendall, pearson, spearman } from './regression/correlation.ts';
export { maxError, meanAbsoluteError, meanSquaredError, rootMeanSquaredError } from './regression/errors.ts';
export { explainedVariance, r2 } from './regression/explained.ts';
export { numberPairs } from './regression/number-pairs.ts';
export type { NumberPairs } from './regression/number-pairs.ts';
export { rankDocuments } from './retrieval/rank-documents.ts';
export {
  hitRateAt,
  meanAveragePrecisionAt,
  meanReciprocalRankAt,
  ndcgAt,
  precisionAt,
  recallAt,
} from './retrieval/retrieval-metrics.ts';
export type { QueryResult } from './retrieval/retrieval-metrics.ts';
export { aggregateTasks } from './tasks/aggregate-tasks.ts';
export type { Aggregate, TaskEvaluations } from './tasks/aggregate-tasks.ts';
export { compareOutputs } from './tasks/compare-outputs.ts';
export type { OutputsComparison } from './tasks/compare-outputs.ts';
export { evaluateTask } from './tasks/evaluate-task.ts';
export type { EvaluateTaskOptions, TaskEvaluation } from './tasks/evaluate-task.ts';
export { METRICS } from './tasks/metric-name.ts';
export type { MetricName } from './tasks/metric-name.ts';
export { metricsTable } from './tasks/metrics-table.ts';
export { taskInterval } from './tasks/task-interval.ts';
export type {
  ClassificationOutputs,
  EmbeddingOutputs,
  EvaluatedKind,
  MultiLabelOutputs,
  NumberOutputs,
  TaskOutputs,
} from './tasks/task-outputs.ts';
