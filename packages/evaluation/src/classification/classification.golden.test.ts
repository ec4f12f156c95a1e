import { describe, expect, it } from 'vitest';
import { countClasses } from '../label-counts.ts';
import { expectRecorded, readRecorded, type RecordedValue } from '../recorded-value.test.support.ts';
import { accuracy } from './accuracy.ts';
import { balancedAccuracy } from './balanced-accuracy.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { matthewsCorrelation } from './matthews-correlation.ts';
import { f1, labelMetrics, precision, recall } from './precision-recall-f1.ts';

type Recorded = Readonly<Record<string, RecordedValue>> & {
  readonly name: string;
  readonly true: readonly number[];
  readonly predicted: readonly number[];
  readonly labels: readonly number[];
};

const { cases } = readRecorded<{ readonly cases: readonly Recorded[] }>('classification.json');

/** Where scikit-learn gives NaN for one class only; no agreement beyond chance is 0. */
const KAPPA_OF_ONE_CLASS = 0;

describe.each(cases)('$name', (recorded) => {
  const { true: labels, predicted, labels: names } = recorded;
  const counts = countClasses(predicted, labels, names.length);
  const matrix = confusionMatrix(predicted, labels, names.length);
  const kappa = labels.length === 0 ? undefined : KAPPA_OF_ONE_CLASS;

  it('has the accuracies, Matthews correlation and kappas of scikit-learn', () => {
    expectRecorded(accuracy(counts), recorded['accuracy']);
    expectRecorded(balancedAccuracy(counts), recorded['balanced_accuracy']);
    expectRecorded(matthewsCorrelation(counts), recorded['mcc']);
    expectRecorded(cohenKappa(matrix), recorded['cohen_kappa'], kappa);
    expectRecorded(cohenKappa(matrix, 'quadratic'), recorded['cohen_kappa_quadratic'], kappa);
  });

  it.each(['micro', 'macro', 'weighted'] as const)(
    'has its %s averages, over all labels and over the observed',
    (average) => {
      for (const [name, metric] of Object.entries({ precision, recall, f1 })) {
        const [all, observed] = [recorded[`${name}_${average}`], recorded[`${name}_${average}_observed_labels`]];
        expectRecorded(metric(counts, average, 'all'), all);
        expectRecorded(metric(counts, average), observed);
      }
    },
  );

  const rest = labels.length === 0 ? [] : [recorded];
  it.each(rest)('has its confusion matrix and the metrics of its labels', () => {
    const cells = recorded['confusion_matrix']?.value as unknown as readonly (readonly number[])[];
    expect([...matrix.counts]).toEqual(cells.flat());
    const columns = recorded['per_class']?.value as unknown as readonly (readonly number[])[];
    labelMetrics(counts).forEach((label, i) => {
      const [ofPrecision, ofRecall, ofF1, support] = columns.map((column) => column[i] ?? NaN);
      expectRecorded(label.precision, { value: ofPrecision ?? NaN });
      expectRecorded(label.recall, { value: ofRecall ?? NaN });
      expectRecorded(label.f1, { value: ofF1 ?? NaN });
      expect(label.support).toBe(support);
    });
  });
});
