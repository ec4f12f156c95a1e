// A run with every kind of task, 150 labels, and texts that no page should let through as they are.
import { Random } from '@sentence-mtl/core';
import type { LabelUse } from './run/data-facts.ts';
import type { MetricLine, TimingLine } from './run/log-lines.ts';
import type { Measured, TaskResult } from './run/results.ts';
import type { RunRecord } from './run/run-record.ts';
import type { Confusion, LabelResult, TaskDetails } from './run/test-details.ts';

/** Texts of people who try out what a page does with them. */
const NASTY: readonly string[] = [
  '<script>globalThis.stolen = 1</script>',
  '<img src=x onerror="globalThis.stolen = 2">',
  '</style></svg><svg onload=globalThis.stolen=3>',
  '\'"`&amp;&lt; ]]> <!-- -->',
  'safe\u202Etxt.exe\u202C \u0007bell \u0000nul \u200Bzero \uFEFFmark \uD800half',
  'javascript:globalThis.stolen=4 https://elsewhere.test/x.png',
  `long ${'word '.repeat(5000)}`,
  `unbroken${'x'.repeat(3000)}`,
  'مرحبا بالعالم',
  '🏳️‍🌈 emoji 👩‍👩‍👧',
  '| a | b |\n# heading\n```js\n',
];

const ROWS_PER_LABEL = 10;

function labelNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) =>
    i < NASTY.length ? (NASTY[i] ?? '').slice(0, 100) : `intent_number_${i}`,
  );
}

/** Wrong rows mostly stay within neighbours of three. */
function confusionsOf(labels: readonly string[], random: Random): readonly Confusion[] {
  const counts = new Map<string, Confusion>();
  const last = labels.length - 1;
  for (let i = 0; i < labels.length; i++) {
    const label = i % 3 === 0 ? (labels[i] ?? '') : (labels[random.integer(labels.length)] ?? '');
    const at = labels.indexOf(label);
    const near = Math.min(last, 3 * Math.floor(at / 3) + random.integer(3));
    const predicted = labels[random.integer(4) === 0 ? random.integer(labels.length) : near] ?? '';
    if (predicted === label) continue;
    const key = JSON.stringify([label, predicted]);
    const rows = (counts.get(key)?.rows ?? 0) + 1;
    counts.set(key, { label, predicted, rows, example: NASTY[i % NASTY.length] ?? '' });
  }
  return [...counts.values()].toSorted((a, b) => b.rows - a.rows);
}

function labelResults(labels: readonly string[], confusions: readonly Confusion[]): readonly LabelResult[] {
  const sum = (of: (confusion: Confusion) => boolean): number =>
    confusions.filter(of).reduce((rows, confusion) => rows + confusion.rows, 0);
  return labels.map((label) => {
    const right = ROWS_PER_LABEL - sum((each) => each.label === label);
    const predicted = right + sum((each) => each.predicted === label);
    const [precision, recall] = [predicted === 0 ? 0 : right / predicted, right / ROWS_PER_LABEL];
    const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    return { label, support: ROWS_PER_LABEL, predicted, precision, recall, f1 };
  });
}

function classDetails(labels: readonly string[], random: Random): TaskDetails {
  const confusions = confusionsOf(labels, random);
  return {
    labels: labelResults(labels, confusions),
    confusions,
    calibration: Array.from({ length: 15 }, (_, i) => ({
      low: i / 15,
      high: (i + 1) / 15,
      rows: i < 3 ? 0 : i * i,
      confidence: i < 3 ? null : (i + 0.5) / 15,
      accuracy: i < 3 ? null : Math.min(1, (i + 2) / 15),
    })),
    thresholds: [],
    points: [],
    worst: NASTY.map((text, i) => ({
      place: `test.jsonl:${i + 1}`,
      texts: [text],
      label: labels[i],
      predicted: labels[i + 1],
      error: 0.99 - i / 100,
    })),
  };
}

function tagDetails(tags: readonly string[]): TaskDetails {
  const thresholds = tags.map((label, tag) => ({
    label,
    threshold: 0.5,
    points: Array.from({ length: 19 }, (_, i) => {
      const threshold = (i + 1) / 20;
      const [precision, recall] = [Math.min(1, 0.4 + threshold / (1 + tag / 4)), 1 - threshold ** 2];
      return { threshold, precision, recall, f1: (2 * precision * recall) / (precision + recall) };
    }),
  }));
  return {
    labels: tags.map((label, i) => ({
      label,
      support: i === 3 ? 0 : 40 - i,
      predicted: i === 3 ? 0 : 38,
      precision: i === 3 ? 0 : 0.8,
      recall: i === 3 ? 0 : 0.7,
      f1: i === 3 ? 0 : 0.75,
    })),
    confusions: [],
    calibration: [],
    thresholds,
    points: [],
    worst: [{ place: 'test.jsonl:7', texts: ['two tags of three'], label: ['late', 'rude'], predicted: [], error: 2 }],
  };
}

function scoreDetails(random: Random): TaskDetails {
  const points = Array.from({ length: 300 }, () => {
    const label = 5 * random.uniform();
    return [label, 0.8 * label + 1.9 * random.uniform() - 0.7] as const;
  });
  const worst = [
    { place: 'pairs.csv:3', texts: ['a first text', NASTY[0] ?? ''], label: 4.8, predicted: 1.25, error: 3.55 },
  ];
  return { labels: [], confusions: [], calibration: [], thresholds: [], points, worst };
}

function measured(kind: string, primary: string, value: number): Measured {
  const interval = { value, low: value - 0.012, high: value + 0.011 };
  const second = kind === 'regression' ? 'meanAbsoluteError' : 'f1Macro';
  return { kind, rows: 1500, primary, interval, metrics: { [primary]: value, [second]: value - 0.01, logLoss: null } };
}

function result(kind: string, primary: string, value: number): TaskResult {
  return {
    model: measured(kind, primary, value),
    baselines: {
      majority: measured(kind, primary, 0.05),
      tfidf: measured(kind, primary, value - 0.1),
      frozenEmbeddings: measured(kind, primary, value - 0.02),
    },
    best: { name: 'frozenEmbeddings', difference: { value: 0.02, low: -0.003, high: 0.041 } },
  };
}

function labelUse(kind: string, labels: readonly string[]): LabelUse {
  const side = (rows: number) => ({ rows: rows * labels.length, counts: labels.map((_, i) => rows + (i % 7)) });
  return { kind, labels, sides: { train: side(20), validation: side(3), test: side(ROWS_PER_LABEL) } };
}

function metricLines(): readonly MetricLine[] {
  const losses = (step: number): Record<string, number> => ({
    intent: 0.2 + 4.8 * Math.exp(-step / 90),
    tags: 0.1 + 0.6 * Math.exp(-step / 60),
    score: 0.3 + Math.exp(-step / 120),
  });
  const steps = Array.from({ length: 38 }, (_, i) => {
    const step = 10 * (i + 1);
    return { kind: 'step', step, epoch: Math.floor(i / 10), taskLosses: losses(step) } as const;
  });
  const evaluations = [94, 188, 282, 376].map((step, epoch) => {
    const metrics = { 'intent.accuracy': 1 - Math.exp(-step / 110), 'tags.f1Micro': 0.7, 'score.spearman': 0.8 };
    return { kind: 'evaluation', step, epoch, losses: losses(step), metrics } as const;
  });
  return [...steps, ...evaluations];
}

function timingLines(): readonly TimingLine[] {
  const steps = Array.from({ length: 38 }, (_, i) => {
    return { kind: 'step', step: 10 * (i + 1), rows: 32, tokens: 512, seconds: 0.3 + 0.1 * Math.sin(i) } as const;
  });
  const machine = 'A processor, 2 cores, linux x64';
  return [
    { kind: 'prefixCached', step: 0, texts: 3450, seconds: 5.9 },
    ...steps,
    { kind: 'evaluation', step: 376, seconds: 2 },
    {
      kind: 'run',
      fromStep: 0,
      step: 376,
      seconds: 130.4,
      peakBytes: 1.2e9,
      machine,
      finished: '2026-11-25T20:40:00.000Z',
    },
  ];
}

const TAGS = ['late', 'rude', 'damaged', 'never tested', '<b>bold</b>', 'refund', 'wrong item', 'app'];

/** @param labels of the task `intent` */
export function nastyRun(labels: number = 150): RunRecord {
  const names = labelNames(labels);
  const random = Random.of(7).split('run');
  const head = { input: 'normalized', logitScale: null, hiddenSizes: [] };
  const group = { learningRates: [1e-4], weightDecays: [0, 0.01], thaws: [] };
  return {
    name: 'demo<b>',
    config: {
      tasks: {
        intent: { kind: 'classification', labels: names, head },
        tags: { kind: 'multi-label', labels: TAGS, threshold: 0.5, head },
        score: { kind: 'regression', head },
      },
      freezing: 'freezeLayersBelow(3)',
      taskWeights: 'equalWeights()',
      steps: 'steps {"seed":42}',
      fingerprint: { 'training data': 'ab'.repeat(32), engine: 'onnxruntime-node cpu, 2 threads' },
      freezingTable: {
        strategy: 'freezeLayersBelow(3)',
        rows: [
          {
            group: 'embeddings',
            parameterCount: 11_837_568,
            trainedCount: 0,
            learningRates: [],
            weightDecays: [],
            thaws: ['never'],
          },
          { group: 'layers.3–5', parameterCount: 5_323_392, trainedCount: 5_323_392, ...group },
        ],
        parameterCount: 17_160_960,
        trainedCount: 5_323_392,
        sharedLayers: false,
      },
    },
    settings: { encoder: 'minilm', epochs: 4, maxLength: 128, train: ['/data/train.jsonl'], dropout: null },
    data: {
      files: {
        train: [{ name: 'train.jsonl', bytes: 312_345, sha256: 'cd'.repeat(32) }],
        validation: [],
        test: [{ name: 'standard input', bytes: null, sha256: null }],
      },
      rows: { train: 3000, validation: 450, test: 1500 },
      splitOff: ['validation'],
      rejected: 3,
      leaked: { validation: 0, test: 2 },
      tasks: {
        intent: labelUse('classification', names),
        tags: labelUse('multi-label', TAGS),
        score: labelUse('regression', []),
      },
      lengths: {
        sampled: 3000,
        isExact: true,
        median: 10,
        percentile95: 19,
        longest: 240,
        limit: 32,
        cut: 12,
        counts: [
          ...Array.from({ length: 34 }, (_, i) => [i + 3, 1 + 300 * Math.exp(-(((i - 8) / 6) ** 2))] as const).map(
            ([n, c]) => [n, Math.round(c)] as const,
          ),
          [240, 1],
        ],
      },
    },
    results: {
      testRows: 1500,
      baselineRows: 2000,
      tasks: {
        intent: result('classification', 'accuracy', 0.943),
        tags: result('multi-label', 'f1Micro', 0.78),
        score: result('regression', 'spearman', 0.81),
      },
    },
    test: { tasks: { intent: classDetails(names, random), tags: tagDetails(TAGS), score: scoreDetails(random) } },
    metrics: metricLines(),
    timing: timingLines(),
  };
}
