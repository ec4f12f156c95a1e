// All metrics of a test set of many labels, and intervals of single metrics by 1000 resamples.
import { parseArgs } from 'node:util';
import { Random } from '@sentence-mtl/core';
import { compareOutputs, evaluateTask, taskInterval, type TaskOutputs } from '@sentence-mtl/evaluation';
import { describeMachine, OtherProcesses } from './machine.ts';
import { report } from './report.ts';
import { spreadOf } from './spread.ts';
import { timings } from './timing.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '4500' },
    labels: { type: 'string', default: '150' },
    runs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});

const [rowCount, labelCount] = [Number(values.rows), Number(values.labels)];
const random = Random.of(1);

/** A classifier that is right nine times in ten, and sure of what it says. */
function classifier(seed: number): TaskOutputs {
  const draws = Random.of(seed);
  const labels = Int32Array.from({ length: rowCount }, (_, row) => row % labelCount);
  const predictions = labels.map((label) => (draws.uniform() < 0.9 ? label : draws.integer(labelCount)));
  const probabilities = new Float32Array(rowCount * labelCount);
  predictions.forEach((prediction, row) => {
    const weights = Array.from(
      { length: labelCount },
      (_, label) => draws.uniform() + (label === prediction ? 300 : 0),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    probabilities.set(
      weights.map((weight) => weight / sum),
      row * labelCount,
    );
  });
  return { kind: 'classification', labelCount, labels, predictions, probabilities };
}

const [one, other] = [classifier(1), classifier(2)];
const correlated = {
  kind: 'regression',
  labels: new Float64Array(rowCount),
  predictions: new Float64Array(rowCount),
} as const;
for (let row = 0; row < rowCount; row++) {
  correlated.labels[row] = random.normal();
  correlated.predictions[row] = (correlated.labels[row] ?? 0) + random.normal();
}

const calls: Readonly<Record<string, () => unknown>> = {
  'all metrics': () => evaluateTask(one),
  'interval of accuracy': () => taskInterval(one, 'accuracy', { random }),
  'interval of macro F1': () => taskInterval(one, 'f1Macro', { random }),
  'paired difference of macro F1': () => compareOutputs(one, other, 'f1Macro', { random }),
  'interval of Spearman': () => taskInterval(correlated, 'spearman', { random }),
};

const others = new OtherProcesses();
const rows: { readonly what: string; readonly ms: number; readonly min: number; readonly max: number }[] = [];
for (const [what, call] of Object.entries(calls)) {
  const taken = await others.during(() => timings(call, { warmups: 1, runs: Number(values.runs) }));
  const { median, min, max } = spreadOf(taken);
  rows.push({ what, ms: median, min, max });
}
const figures = { rows: rowCount, labels: labelCount, resamples: 1000, measured: rows, othersShare: others.share };
report('evaluation', describeMachine(), rows, figures, values.json);
