import { amountText, countText } from '../command-line/progress-line.ts';
import { textTable } from '../command-line/text-table.ts';
import { withInterval } from '../measure/metric-text.ts';
import { BASELINES, type BaselineName } from '../measure/run-baselines.ts';
import type { RunResults, TaskResult } from './measure-run.ts';

const HEADINGS: Readonly<Record<BaselineName, string>> = {
  majority: 'majority',
  tfidf: 'TF-IDF, linear',
  frozenEmbeddings: 'frozen embeddings',
};

function line(name: string, { model, baselines }: TaskResult, columns: readonly BaselineName[]): readonly string[] {
  const others = columns.map((baseline) => {
    const measured = baselines[baseline];
    return measured === undefined ? '' : withInterval(measured.interval);
  });
  return [name, model.primary, amountText(model.rows, 'rows'), ...others, withInterval(model.interval)];
}

/** The primary metric of each task on the test rows, the model's last, beside those of the baselines. */
export function resultsTable({ testRows, baselineRows, tasks }: RunResults, trainingRows: number): string {
  const entries = Object.entries(tasks);
  const columns = BASELINES.filter((baseline) =>
    entries.some(([, { baselines }]) => baselines[baseline] !== undefined),
  );
  const heading = ['task', 'metric', 'rows', ...columns.map((baseline) => HEADINGS[baseline]), 'this model'];
  const sampled = columns.length > 0 && baselineRows < trainingRows;
  return [
    `on ${countText(testRows, 'test row')}, with 95 % intervals:`,
    textTable([heading, ...entries.map(([name, result]) => line(name, result, columns))], { numeric: [2] }),
    ...(sampled ? [`the others have learnt from a sample of ${amountText(baselineRows, 'rows')} rows`] : []),
  ].join('\n');
}
