import type { ExportedGraph, GraphRecord, GraphTask, QuantizationRecord } from '@sentence-mtl/export';
import { sizeText } from '../command-line/size-text.ts';
import { textTable } from '../command-line/text-table.ts';

function taskText({ name, kind, labels }: GraphTask): string {
  return `${name}: ${kind}${labels === undefined ? '' : ` of ${labels.length} labels`}`;
}

/** How far a graph in int8 is from the model. */
function driftRows({
  meanCosine,
  leastCosine,
  texts,
  sample,
  tasks,
  lost,
  excluded,
}: QuantizationRecord): readonly (readonly string[])[] {
  const ofTasks = Object.entries(tasks).map(([name, { agreement }]) => {
    const points = lost[name];
    const agrees = `${name}: says the same of ${(agreement * 100).toFixed(1)} %`;
    return points === undefined ? agrees : `${agrees}, loses ${Math.max(0, points).toFixed(2)} points`;
  });
  return [
    ['int8', `on ${texts} texts${sample === 'given' ? '' : ' of our own'}`],
    ['', `embeddings: cosine ${meanCosine.toFixed(4)} on average, ${leastCosine.toFixed(4)} at least`],
    ...ofTasks.map((text) => ['', text]),
    ['', excluded.length === 0 ? 'all layers in int8' : `in float32: ${excluded.join(', ')}`],
  ];
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
  const quantized = records.flatMap(({ quantization }) => (quantization === undefined ? [] : driftRows(quantization)));
  return `${textTable(files)}\n\n${textTable([...about, ...quantized])}`;
}
