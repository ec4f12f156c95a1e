import { describe, it } from 'vitest';
import { f1, jaccard, precision, recall } from '../classification/precision-recall-f1.ts';
import type { Metric } from '../metric.ts';
import { averagePrecision } from '../probabilities/average-precision.ts';
import { tagScores } from '../probabilities/binary-scores.ts';
import { meanOverLabels } from '../probabilities/mean-over-labels.ts';
import { rocAuc } from '../probabilities/roc-auc.ts';
import { expectRecorded, readRecorded, type RecordedValue } from '../recorded-value.test.support.ts';
import { countTags, countTagsByRow } from './count-tags.ts';
import { hammingLoss } from './hamming-loss.ts';
import { coverageError, labelRankingAveragePrecision } from './label-ranking.ts';
import { subsetAccuracy } from './subset-accuracy.ts';

type Recorded = Readonly<Record<string, RecordedValue>> & {
  readonly name: string;
  readonly true: readonly (readonly number[])[];
  readonly score: readonly (readonly number[])[];
};

const { cases } = readRecorded<{ readonly cases: readonly Recorded[] }>('multi-label.json');

describe.each(cases)('$name', (recorded) => {
  const [labels, scores, labelCount] = [recorded.true.flat(), recorded.score.flat(), recorded.true[0]?.length ?? 0];
  const predictions = scores.map((score) => Number(score >= 0.5));
  const byLabel = countTags(predictions, labels, labelCount);
  const byRow = countTagsByRow(predictions, labels, labelCount);

  it('has the ratios of scikit-learn in all four averages', () => {
    for (const [name, metric] of Object.entries({ precision, recall, f1, jaccard })) {
      for (const average of ['micro', 'macro', 'weighted'] as const) {
        expectRecorded(metric(byLabel, average, 'all'), recorded[`${name}_${average}`]);
      }
      expectRecorded(metric(byRow, 'macro', 'all'), recorded[`${name}_samples`]);
    }
  });

  it('has its exact matches, Hamming loss and rankings', () => {
    expectRecorded(subsetAccuracy(predictions, labels, labelCount), recorded['subset_accuracy']);
    expectRecorded(hammingLoss(byLabel), recorded['hamming_loss']);
    expectRecorded(labelRankingAveragePrecision(scores, labels, labelCount), recorded['lrap']);
    expectRecorded(coverageError(scores, labels, labelCount), recorded['coverage_error']);
  });

  it('has its areas; a tag that no row has is left out of the mean of ROC areas', () => {
    const mean = (metric: typeof rocAuc, average: 'micro' | 'macro' | 'weighted'): Metric =>
      meanOverLabels(tagScores(scores, labels, labelCount), metric, average);
    for (const average of ['micro', 'macro', 'weighted'] as const) {
      const area = mean(rocAuc, average);
      expectRecorded(area, recorded[`roc_auc_${average}`], area.note === 'labels-left-out' ? area.value : undefined);
      expectRecorded(mean(averagePrecision, average), recorded[`average_precision_${average}`]);
    }
  });
});
