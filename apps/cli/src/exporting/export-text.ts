import type { ExportedGraph, GraphRecord, GraphTask } from '@sentence-mtl/export';
import { sizeText } from '../command-line/size-text.ts';
import { textTable } from '../command-line/text-table.ts';

function taskText({ name, kind, labels }: GraphTask): string {
  return `${name}: ${kind}${labels === undefined ? '' : ` of ${labels.length} labels`}`;
}

/** What was written, for people. */
export function exportText(
  folder: string,
  records: readonly GraphRecord[],
  { description: { tasks, dimension, maximumLength } }: ExportedGraph,
): string {
  const [first] = records;
  const files = records.map(({ file, bytes, precision, opset }) => [
    `${folder}/${file}`,
    sizeText(bytes),
    `${precision}, opset ${opset}`,
  ]);
  const about = [
    ['inputs', first?.inputs.join(', ') ?? ''],
    ['outputs', first?.outputs.join(', ') ?? ''],
    ['embedding', `${dimension} values of up to ${maximumLength} tokens`],
    ...tasks.filter(({ output }) => output !== null).map((task, index) => [index === 0 ? 'tasks' : '', taskText(task)]),
  ];
  return `${textTable(files)}\n\n${textTable(about)}`;
}
