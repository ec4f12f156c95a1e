import { amount, counted, decimals, percent } from '../html/numbers.ts';
import { SIDES, type DataFacts } from '../run/data-facts.ts';
import { comparisonText } from '../run/comparison.ts';
import { baselineTitle, type Measured } from '../run/results.ts';
import type { RunTask } from '../run/run-config.ts';
import type { RunRecord } from '../run/run-record.ts';
import { markedCard } from './card-marker.ts';
import type { CardOptions } from './card-options.ts';
import { baseModel, frontMatter, modelName } from './front-matter.ts';
import { codeSpan, markdownTable } from './markdown.ts';
import { usage } from './usage.ts';

/** Labels of a task that are listed. */
const MOST_LABELS = 200;

const KINDS: Readonly<Record<string, string>> = {
  classification: 'one of its labels',
  'pair-classification': 'one of its labels, for two texts',
  'multi-label': 'any of its labels',
  regression: 'a number',
  'pair-similarity': 'how alike two texts are',
  embedding: 'nothing: it shapes the embedding',
};

function labelList([name, { labels = [] }]: readonly [string, RunTask]): readonly string[] {
  if (labels.length === 0) return [];
  const rest = labels.length - MOST_LABELS;
  const list = labels.slice(0, MOST_LABELS).map(codeSpan).join(', ');
  return [`Labels of ${codeSpan(name)}: ${list}${rest > 0 ? `, and ${amount(rest)} more in its config.json` : ''}.`];
}

function predictions({ config }: RunRecord): readonly string[] {
  const tasks = Object.entries(config.tasks);
  const lines = tasks.map(([name, { kind, labels }]) => [
    codeSpan(name),
    kind,
    KINDS[kind] ?? '',
    labels === undefined ? '' : amount(labels.length),
  ]);
  return [
    '## What it predicts',
    markdownTable([['task', 'kind', 'predicts', 'labels'], ...lines]),
    ...tasks.flatMap(labelList),
  ];
}

function withInterval({ interval: { value, low, high } }: Measured): string {
  return low === null || high === null ? decimals(value) : `${decimals(value)} (${decimals(low)} to ${decimals(high)})`;
}

/** Whom the model is measured beside. */
function company({ results, data }: RunRecord): string {
  const [learnt, all] = [results?.baselineRows ?? 0, data?.rows.train ?? 0];
  const rows = learnt < all ? `a sample of ${amount(learnt)} of the training rows` : 'the same training rows';
  return `, beside simple methods that have learnt from ${rows}`;
}

function quality(run: RunRecord): readonly string[] {
  const { results } = run;
  const heading = '## How good it is';
  if (results === undefined) return [heading, 'It was not measured: the run had no test rows.'];
  const tasks = Object.entries(results.tasks);
  const baselines = [...new Set(tasks.flatMap(([, result]) => Object.keys(result.baselines)))];
  const lines = tasks.map(([name, { model, baselines: own }]) => [
    codeSpan(name),
    model.primary,
    amount(model.rows),
    `**${withInterval(model)}**`,
    ...baselines.map((baseline) => (own[baseline] === undefined ? '' : withInterval(own[baseline]))),
  ]);
  return [
    heading,
    `On ${counted(results.testRows, 'test row')}, with 95 % intervals of the bootstrap over rows${baselines.length > 0 ? company(run) : ''}:`,
    markdownTable([['task', 'metric', 'rows', 'this model', ...baselines.map(baselineTitle)], ...lines]),
    ...(baselines.length > 0
      ? [tasks.map(([name, result]) => `- ${codeSpan(name)}: ${comparisonText(result)}.`).join('\n')]
      : []),
  ];
}

function filesTable({ files, rows }: DataFacts): string {
  const lines = SIDES.flatMap((side) =>
    files[side].map(({ name, sha256 }) => [codeSpan(name), side, sha256 === null ? '' : codeSpan(sha256)]),
  );
  const sizes = SIDES.map((side) => `${amount(rows[side])} ${side}`).join(', ');
  return `Rows: ${sizes}.\n\n${markdownTable([['file', 'used for', 'SHA-256'], ...lines])}`;
}

function training(run: RunRecord): readonly string[] {
  const { data, config } = run;
  const base = baseModel(run);
  const table = config.freezingTable;
  const from = base === undefined ? '' : `From [${base}](https://huggingface.co/${base}). `;
  const trained =
    table === undefined
      ? ''
      : `${amount(table.trainedCount)} of ${amount(table.parameterCount)} parameters (${percent(table.trainedCount / table.parameterCount)}) trained from the first step on. `;
  return [
    '## What it was trained on',
    `${from}${trained}Losses of the tasks were weighed by ${codeSpan(config.taskWeights)}.`,
    ...(data === undefined ? [] : [filesTable(data)]),
  ];
}

function limits({ data, config, test, settings }: RunRecord): readonly string[] {
  const kinds = new Set(Object.values(config.tasks).map(({ kind }) => kind));
  const length = settings?.['maxLength'];
  const untested = Object.entries(test?.tasks ?? {}).flatMap(([name, { labels }]) => {
    const count = labels.filter(({ support }) => support === 0).length;
    return count === 0
      ? []
      : [
          `- ${counted(count, 'label')} of ${codeSpan(name)} ${count === 1 ? 'has' : 'have'} no test row: nothing is known of ${count === 1 ? 'it' : 'them'}.`,
        ];
  });
  return [
    '## Limits',
    [
      '- The metrics hold for texts like the test rows, and for no others.',
      ...(kinds.has('classification')
        ? [
            '- A text about something else is given one of the labels all the same; its confidence is lower, but nothing says so by itself.',
          ]
        : []),
      ...(typeof length === 'number'
        ? [
            `- It was trained on the first ${amount(length)} tokens of a text${data?.lengths === undefined ? '' : `, which cut ${percent(data.lengths.cut / Math.max(1, data.lengths.sampled))} of them`}.`,
          ]
        : []),
      ...untested,
      '- Biases of the encoder and of the people who labelled the rows are still there.',
    ].join('\n'),
  ];
}

/**
 * The card of a run's model, for its README.md: metadata in YAML as the Hub reads it, then what it predicts, how well, what
 * it was trained on, its limits, and how to use it.
 */
export function renderModelCard(run: RunRecord, options: CardOptions = {}): string {
  const title = `# ${codeSpan(modelName(run, options))}`;
  const about =
    'A multi-task sentence transformer: one encoder, and in one pass the embedding of a text and a prediction of each task. Trained by [sentence-mtl](https://www.npmjs.com/package/sentence-mtl).';
  const parts = [title, about, ...predictions(run), ...quality(run), usage(run), ...training(run), ...limits(run)];
  return markedCard(`${frontMatter(run, options)}\n${parts.join('\n\n')}\n\n`);
}
