import { readOutcome, type Comparison, type Outcome } from './read-outcome.ts';
import type { Domain } from './scenarios.ts';

/** A line of the table, its cells as text by column. */
export interface TableRow {
  readonly cells: Readonly<Record<string, string>>;
  readonly implies: string;
  readonly choose: string;
}

const percent = (share: number | undefined): string => (share === undefined ? '–' : (share * 100).toFixed(1));

function cellsOf(outcome: Outcome, { before }: Comparison): Readonly<Record<string, string>> {
  const { scenario, trainedParameters, secondsPerEpoch, memoryMb, tasks } = outcome;
  const isTrained = scenario.freezing !== undefined;
  const accuracies = Object.entries(tasks).map(([task, { accuracy }]) => {
    const text = `${percent(before.tasks[task]?.accuracy)} → ${percent(accuracy)}`;
    return [`${task} %`, isTrained ? text : percent(accuracy)] as const;
  });
  return {
    scenario: scenario.name,
    trainable: trainedParameters.toLocaleString('en'),
    's/epoch': isTrained ? secondsPerEpoch.toFixed(2) : '–',
    'memory MB': String(memoryMb),
    ...Object.fromEntries(accuracies),
  };
}

export function tableRows(comparison: Comparison): readonly TableRow[] {
  return comparison.outcomes.map((outcome) => ({
    cells: cellsOf(outcome, comparison),
    ...readOutcome(outcome, comparison),
  }));
}

/** For a terminal: aligned columns, and under each line what it implies and when to choose it. */
export function textTable({ title }: Domain, rows: readonly TableRow[]): string {
  const columns = Object.keys(rows[0]?.cells ?? {});
  const widths = columns.map((name) => Math.max(name.length, ...rows.map(({ cells }) => cells[name]?.length ?? 0)));
  const line = (cells: Readonly<Record<string, string>>): string =>
    columns
      .map((name, at) =>
        at === 0 ? (cells[name] ?? '').padEnd(widths[at] ?? 0) : (cells[name] ?? '').padStart(widths[at] ?? 0),
      )
      .join('  ');
  const lines = rows.map(
    ({ cells, implies, choose }) => `${line(cells)}\n   implies: ${implies}\n   choose:  ${choose}`,
  );
  return [title, '', line(Object.fromEntries(columns.map((name) => [name, name]))), ...lines].join('\n');
}

/** The same as Markdown. */
export function markdownTable({ title }: Domain, rows: readonly TableRow[]): string {
  const columns = [...Object.keys(rows[0]?.cells ?? {}), 'what it implies', 'when to choose it'];
  const lines = rows.map(({ cells, implies, choose }) => [...Object.values(cells), implies, choose]);
  const table = [columns, columns.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  return `## ${title}\n\n${table.join('\n')}\n`;
}
