import { describe, expect, it } from 'vitest';
import { expectRecorded, readRecorded, type RecordedValue } from '../recorded-value.test.support.ts';
import { averagePrecision } from './average-precision.ts';
import { binaryScores, oneVersusRest } from './binary-scores.ts';
import { binaryBrierScore, brierScore } from './brier-score.ts';
import { calibrationBins, expectedCalibrationError } from './calibration.ts';
import { logLoss } from './log-loss.ts';
import { meanOverLabels } from './mean-over-labels.ts';
import { oneVersusOneRocAuc } from './one-versus-one-roc-auc.ts';
import { precisionRecallCurve } from './precision-recall-curve.ts';
import { rocAuc } from './roc-auc.ts';
import { topKAccuracy } from './top-k-accuracy.ts';
import type { Metric } from '../metric.ts';

type MultiClass = Readonly<Record<string, RecordedValue | undefined>> & {
  readonly name: string;
  readonly probabilities: readonly (readonly number[])[];
  readonly true: readonly number[];
};

interface Binary {
  readonly name: string;
  readonly true: readonly number[];
  readonly score: readonly (number | string)[];
  readonly roc_auc: RecordedValue;
  readonly average_precision: RecordedValue;
  readonly precision_recall_curve: { readonly value?: readonly (readonly number[])[] };
  readonly brier: RecordedValue;
}

const { multi_class: multiClass, binary } = readRecorded<{
  readonly multi_class: readonly MultiClass[];
  readonly binary: readonly Binary[];
}>('probabilities.json');

describe.each(multiClass)('$name', (recorded) => {
  const scores = recorded.probabilities.flat();
  const labelCount = recorded.probabilities[0]?.length ?? 0;
  const given = [scores, recorded.true, labelCount] as const;
  const areas = {
    macro: meanOverLabels(oneVersusRest(...given), rocAuc, 'macro'),
    weighted: meanOverLabels(oneVersusRest(...given), rocAuc, 'weighted'),
  };

  const metrics: Readonly<Record<string, () => Metric>> = {
    log_loss: () => logLoss(...given),
    roc_auc_ovr_macro: () => areas.macro,
    roc_auc_ovr_weighted: () => areas.weighted,
    roc_auc_ovo_macro: () => oneVersusOneRocAuc(...given, 'macro'),
    roc_auc_ovo_weighted: () => oneVersusOneRocAuc(...given, 'weighted'),
    average_precision_macro: () => meanOverLabels(oneVersusRest(...given), averagePrecision, 'macro'),
    top_1_accuracy: () => topKAccuracy(...given, 1),
    top_2_accuracy: () => topKAccuracy(...given, 2),
    top_3_accuracy: () => topKAccuracy(...given, 3),
    ece_15: () => expectedCalibrationError(calibrationBins(...given)),
    ece_10: () => expectedCalibrationError(calibrationBins(...given, 10)),
    brier_multi_class: () => brierScore(...given),
  };
  const present = Object.keys(metrics).filter((name) => recorded[name] !== undefined);

  it.each(present)('%s', (name) => {
    // scikit-learn has no mean of areas when a class has no row; ours is that of the other classes, and says so.
    const convention = name.startsWith('roc_auc') ? areas.macro.value : undefined;
    expectRecorded(metrics[name]?.() ?? { value: NaN }, recorded[name], convention);
  });
});

it('leaves a class without rows out of the mean of areas, with a note', () => {
  const recorded = multiClass.find(({ name }) => name === 'missing-class');
  const area = meanOverLabels(
    oneVersusRest(recorded?.probabilities.flat() ?? [], recorded?.true ?? [], 3),
    rocAuc,
    'macro',
  );
  const each = Array.from(oneVersusRest(recorded?.probabilities.flat() ?? [], recorded?.true ?? [], 3), rocAuc);
  expect(each.map(({ note }) => note)).toEqual([undefined, undefined, 'one-class']);
  expect(area).toEqual({ value: ((each[0]?.value ?? NaN) + (each[1]?.value ?? NaN)) / 2, note: 'labels-left-out' });
});

describe.each(binary.filter(({ name }) => name !== 'nan-score'))('binary: $name', (recorded) => {
  const given = [recorded.score as readonly number[], recorded.true] as const;

  it('has the areas of scikit-learn', () => {
    expectRecorded(rocAuc(binaryScores(...given)), recorded.roc_auc);
    expectRecorded(averagePrecision(binaryScores(...given)), recorded.average_precision);
  });

  it.each(typeof recorded.brier.value !== 'number' ? [] : [recorded.brier])('has its Brier score', (brier) => {
    expectRecorded(binaryBrierScore(...given), brier);
  });

  const curve = recorded.precision_recall_curve.value;
  it.each(curve === undefined ? [] : [{ curve }])('has its curve, but for the added end point', () => {
    const [precisions = [], recalls = [], thresholds = []] = curve ?? [];
    const points = precisionRecallCurve(binaryScores(...given));
    expect(points.map(({ threshold }) => threshold)).toEqual(thresholds);
    points.forEach(({ precision, recall }, i) => {
      expect(precision).toBeCloseTo(precisions[i] ?? NaN, 10);
      expect(recall).toBeCloseTo(recalls[i] ?? NaN, 10);
    });
  });
});
