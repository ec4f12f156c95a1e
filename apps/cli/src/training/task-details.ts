// The test rows of a task seen from nearer than metrics do, for test.json and the report.
import { basename } from 'node:path';
import { Random } from '@sentence-mtl/core';
import {
  calibrationBins,
  countClasses,
  countTags,
  labelMetrics,
  type LabelCounts,
  type MultiLabelOutputs,
  type TaskOutputs,
} from '@sentence-mtl/evaluation';
import type { MultiLabelTask } from '@sentence-mtl/heads';
import type { Confusion, LabelResult, TagThresholds, TaskDetails, WrongRow } from '@sentence-mtl/report';
import type { EvaluatedTask } from '../measure/evaluate-rows.ts';
import { confusions, wrongRows } from '../measure/wrong-rows.ts';

/** Rows that are kept. */
const MOST_WRONG = 30;
/** Pairs of labels that have an example. */
const MOST_EXAMPLES = 100;
/** Points of a picture of numbers. */
const MOST_POINTS = 1000;
/** UTF-16 units of a text that are kept. */
const LONGEST = { text: 2000, example: 300 } as const;
const BINS = 15;
const THRESHOLDS = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);

function labelResults(counts: LabelCounts, labels: readonly string[]): readonly LabelResult[] {
  return labelMetrics(counts).map(({ precision, recall, f1, support, predicted }, i) => {
    const shares = { precision: precision.value ?? 0, recall: recall.value ?? 0, f1: f1.value ?? 0 };
    return { label: labels[i] ?? '', support, predicted, ...shares };
  });
}

/** The confusions of a task, the first of them with the text that the model was surest of. */
function exemplified(evaluated: EvaluatedTask): readonly Confusion[] {
  const examples = new Map<string, string>();
  for (const { label, predicted, texts } of wrongRows(evaluated, Infinity)) {
    const key = JSON.stringify([label, predicted]);
    if (!examples.has(key)) examples.set(key, texts.join(' | ').slice(0, LONGEST.example));
  }
  return confusions(evaluated).map((confusion, i) => {
    const example = examples.get(JSON.stringify([confusion.label, confusion.predicted]));
    return i >= MOST_EXAMPLES || example === undefined ? confusion : { ...confusion, example };
  });
}

/** What each threshold would give, for each tag. */
function tagThresholds(task: MultiLabelTask, outputs: MultiLabelOutputs): readonly TagThresholds[] {
  const { labelCount, labels, probabilities } = outputs;
  if (probabilities === undefined) return [];
  const results = THRESHOLDS.map((threshold) => {
    const predictions = Uint8Array.from(probabilities, (score) => Number(score >= threshold));
    return { threshold, of: labelResults(countTags(predictions, labels, labelCount), task.labels) };
  });
  return task.labels.map((label, i) => ({
    label,
    threshold: task.thresholds[label] ?? task.threshold,
    points: results.map(({ threshold, of }) => {
      const { precision = 0, recall = 0, f1 = 0 } = of[i] ?? {};
      return { threshold, precision, recall, f1 };
    }),
  }));
}

/** Labels and predictions that are numbers, of a sample where there are many. */
function pointsOf(outputs: TaskOutputs, seed: number): TaskDetails['points'] {
  if (outputs.kind !== 'regression' && outputs.kind !== 'pair-similarity') return [];
  const { predictions, labels } = outputs;
  const pairs = Array.from(labels, (label, i) => [label, predictions[i] ?? NaN] as const);
  const known = pairs.filter((pair) => pair.every(Number.isFinite));
  if (known.length <= MOST_POINTS) return known;
  const places = Random.of(seed).split('points').permutation(known.length).slice(0, MOST_POINTS).toSorted();
  return Array.from(places).flatMap((place) => (known[place] === undefined ? [] : [known[place]]));
}

/** Without the folder of the file, and with texts that are not endless. */
function kept({ place, texts, ...rest }: WrongRow): WrongRow {
  return { place: basename(place), texts: texts.map((text) => text.slice(0, LONGEST.text)), ...rest };
}

const NONE: TaskDetails = { labels: [], confusions: [], calibration: [], thresholds: [], points: [], worst: [] };

/** @param seed of the sample of points */
export function taskDetails(evaluated: EvaluatedTask, seed: number): TaskDetails {
  const { outputs, own } = evaluated;
  const details = { ...NONE, worst: wrongRows(evaluated, MOST_WRONG).map(kept), points: pointsOf(outputs, seed) };
  if (outputs.kind === 'multi-label' && own.task.kind === 'multi-label') {
    const counts = countTags(outputs.predictions, outputs.labels, outputs.labelCount);
    return { ...details, labels: labelResults(counts, own.task.labels), thresholds: tagThresholds(own.task, outputs) };
  }
  if ((outputs.kind === 'classification' || outputs.kind === 'pair-classification') && 'labels' in own.task) {
    const { predictions, probabilities, labels, labelCount } = outputs;
    const bins = probabilities === undefined ? [] : calibrationBins(probabilities, labels, labelCount, BINS);
    return {
      ...details,
      labels: labelResults(countClasses(predictions, labels, labelCount), own.task.labels),
      confusions: exemplified(evaluated),
      calibration: bins.map(({ confidence, accuracy, ...bin }) => {
        return { ...bin, confidence: confidence ?? null, accuracy: accuracy ?? null };
      }),
    };
  }
  return details;
}
