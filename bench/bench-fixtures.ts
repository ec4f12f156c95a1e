import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder of the data sets and models, which a bare clone does not have. */
export const fixturesFolder: string = resolve(root, process.env['SENTENCE_MTL_FIXTURES'] ?? '../shared');

const published = resolve(fixturesFolder, 'models/all-MiniLM-L6-v2');

/** all-MiniLM-L6-v2: as published where it is at hand, else as it is built in. */
export const usualModel: string = existsSync(published) ? published : 'minilm';

interface DatasetRow {
  readonly text: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The text of a file of a data set. @throws Error where there is none */
function readDatasetFile(dataset: string, name: string): string {
  const file = resolve(fixturesFolder, 'data', dataset, name);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new Error(`there is no ${file}; SENTENCE_MTL_FIXTURES names the folder that holds data/`);
}

function readRows(dataset: string, split: 'train' | 'test'): readonly DatasetRow[] {
  const lines = readDatasetFile(dataset, `${split}.jsonl`).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as DatasetRow);
}

/** The labels of a task, and for each row of the two splits its label's number. */
export interface DatasetTask {
  readonly name: string;
  readonly labelCount: number;
  readonly trainLabels: readonly number[];
  readonly testLabels: readonly number[];
}

/** The texts of a data set to learn from and to predict, and its tasks. @throws Error where there is none */
export function classificationDataset(dataset: string): {
  readonly train: readonly string[];
  readonly test: readonly string[];
  readonly tasks: readonly DatasetTask[];
} {
  const { tasks } = JSON.parse(readDatasetFile(dataset, 'labels.json')) as {
    readonly tasks: Readonly<Record<string, readonly string[]>>;
  };
  const [train, test] = [readRows(dataset, 'train'), readRows(dataset, 'test')];
  return {
    train: train.map(({ text }) => text),
    test: test.map(({ text }) => text),
    tasks: Object.entries(tasks).map(([name, labels]) => {
      const numbers = new Map(labels.map((label, number) => [label, number]));
      const of = (rows: readonly DatasetRow[]): number[] =>
        rows.map((row) => numbers.get(row.labels[name] ?? '') ?? -1);
      return { name, labelCount: labels.length, trainLabels: of(train), testLabels: of(test) };
    }),
  };
}

/** The training texts of data sets, `count` of them taken evenly, 0 for all. @throws Error where there are none */
export function datasetTexts(datasets: readonly string[], count: number): readonly string[] {
  const texts = datasets.flatMap((dataset) => readRows(dataset, 'train').map(({ text }) => text));
  if (count === 0) return texts;
  return Array.from({ length: count }, (_, i) => texts[Math.floor((i * texts.length) / count)] ?? '');
}
