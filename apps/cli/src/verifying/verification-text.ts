import { sizeText } from '../command-line/size-text.ts';
import { textTable } from '../command-line/text-table.ts';
import type { OwnAnswers } from './graph-measurer.ts';
import type { VerifiedGraph } from './verified-graphs.ts';

/** A verification, for people and programs. */
export interface Verification {
  readonly model: string;
  readonly texts: number;
  readonly own: OwnAnswers;
  readonly graphs: readonly VerifiedGraph[];
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function graphsTable({ own, graphs }: Verification): string {
  const header = ['', 'size', 'texts/s', 'times', 'largest difference', 'mean cosine', 'least'];
  const first = ['the model', '', own.textsPerSecond.toFixed(0), '1.0', '', '', ''];
  const rows = graphs.map(({ precision, bytes, textsPerSecond, largest, meanCosine, leastCosine }) => [
    precision,
    sizeText(bytes),
    textsPerSecond.toFixed(0),
    (textsPerSecond / own.textsPerSecond).toFixed(1),
    largest.toExponential(1),
    meanCosine.toFixed(5),
    leastCosine.toFixed(5),
  ]);
  return textTable([header, first, ...rows], { numeric: [1, 2, 3, 4, 5, 6] });
}

function tasksTable({ own, graphs }: Verification): string {
  const rows = graphs.flatMap(({ precision, tasks, metrics, lost }) =>
    Object.entries(tasks).map(([name, { largest, agreement }]) => {
      const before = own.metrics.get(name);
      const now = metrics[name];
      const metric =
        before === undefined || now === undefined
          ? ''
          : `${before.metric} ${before.value.toFixed(4)} to ${now.toFixed(4)}, ${(-(lost[name] ?? 0)).toFixed(2)} points`;
      return [name, precision, percent(agreement), largest.toExponential(1), metric];
    }),
  );
  if (rows.length === 0) return '';
  return `\n\n${textTable([['task', 'graph', 'says the same', 'largest difference', 'metric'], ...rows])}`;
}

/** What was measured and what is wrong, for people. */
export function verificationText(verification: Verification): string {
  const problems = verification.graphs.flatMap(({ precision, problems: own }) =>
    own.map((each) => `${precision}: ${each}`),
  );
  const end = problems.length === 0 ? 'all within tolerance' : `beyond tolerance:\n${problems.join('\n')}`;
  return `${graphsTable(verification)}${tasksTable(verification)}\n\n${verification.texts} texts, ${end}`;
}
