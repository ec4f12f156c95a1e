import { relative } from 'node:path';
import {
  addGraphs,
  exportGraph,
  GRAPH_FOLDER,
  halfGraph,
  readExportableModel,
  writeExportFolder,
  type ExportPrecision,
  type GraphRecord,
} from '@sentence-mtl/export';
import { readModelFolder } from '@sentence-mtl/model-files';
import type { OnnxModel, OnnxTarget } from '@sentence-mtl/onnx';
import {
  defineCommand,
  type Command,
  type CommandValues,
  type Options,
  type PositionalSpec,
} from '../command-line/command.ts';
import type { CommandContext } from '../command-line/command-context.ts';
import { UsageError } from '../command-line/errors.ts';
import { askedPrecisions } from '../exporting/asked-precisions.ts';
import { exportText } from '../exporting/export-text.ts';
import { findModel } from '../model/find-model.ts';
import { namedTasks } from '../model/named-tasks.ts';

const OPTIONS = {
  out: {
    kind: 'text',
    value: 'DIR',
    help: 'a folder of its own, with a copy of the model (default: into MODEL itself)',
  },
  format: { kind: 'choice', value: 'FORMAT', choices: ['onnx'], default: 'onnx', help: 'of the graphs' },
  precision: { kind: 'text', value: 'A,B', default: 'fp32', help: 'a graph in each of these number formats' },
  tasks: { kind: 'text', value: 'A,B', help: 'the graph has these only (default: all that read one text)' },
  probabilities: { kind: 'flag', help: 'have probabilities_<task> beside logits_<task>' },
  opset: { kind: 'choice', value: 'N', choices: ['17', '20'], help: 'operators of 2022 or of 2023 (default: 17)' },
  fused: { kind: 'flag', help: "use operators of ONNX Runtime's own, with opset 20: for that runtime only" },
} as const satisfies Options;

type ExportValues = CommandValues<Readonly<Record<'model', PositionalSpec>>, typeof OPTIONS>;

function targetOf({ opset, fused }: ExportValues): OnnxTarget {
  if (fused && opset === '17') throw new UsageError('--fused is for opset 20; leave --opset 17 out');
  if (fused) return 'runtime';
  return opset === '20' ? 'portable-20' : 'portable';
}

/** Undefined where graphs go into the model's own folder. @throws UsageError where that is not the user's to change */
function targetFolder(folder: string, { model, out }: ExportValues, { resolve }: CommandContext): string | undefined {
  const own = folder === resolve(model);
  if (out !== undefined) return own && relative(folder, resolve(out)) === '' ? undefined : resolve(out);
  if (own) return undefined;
  throw new UsageError(`--out is needed: ${model} is not a folder of yours, so its graphs go into another`);
}

const graphIn = (graph: OnnxModel, precision: ExportPrecision): OnnxModel =>
  precision === 'fp16' ? halfGraph(graph) : graph;

async function runExport(values: ExportValues, context: CommandContext): Promise<void> {
  const [precisions, target] = [askedPrecisions(values.precision), targetOf(values)];
  const folder = await findModel(values.model, context);
  await readModelFolder(folder);
  const out = targetFolder(folder, values, context);
  const start = context.now();
  const model = await readExportableModel(folder);
  for (const { message } of model.notices) await context.note(message);
  const { tasks: list, probabilities } = values;
  const tasks = list === undefined ? undefined : namedTasks(model.tasks ?? {}, list);
  const graph = exportGraph(model, { tasks, probabilities, target });
  for (const { message } of graph.notices) await context.note(message);
  const graphs = new Map(precisions.map((precision) => [precision, graphIn(graph.model, precision)]));
  const written: readonly GraphRecord[] =
    out === undefined ? await addGraphs(folder, model, graphs) : await writeExportFolder(out, model, graphs);
  const place = out ?? folder;
  const seconds = (context.now() - start) / 1000;
  const notices = graph.notices.map(({ message }) => message);
  const summary = { folder: place, graphs: written, tasks: graph.description.tasks, notices, seconds };
  await context.result(summary, exportText(`${place}/${GRAPH_FOLDER}`, written, graph));
}

export const exportModel: Command = defineCommand({
  name: 'export',
  summary: 'Write a model as a graph that other runtimes open',
  details:
    'The graph takes "input_ids", "attention_mask" and, where the encoder has segments, "token_type_ids", and gives "last_hidden_state", "sentence_embedding" and "logits_<task>" for each task, whose labels stand in its metadata. The folder is one that transformers.js opens as it is, in a browser too, and that Python\'s sentence-transformers loads.',
  positionals: { model: { help: 'a folder, the id of a model on the hub, or minilm' } },
  options: OPTIONS,
  examples: [
    ['sentence-mtl export runs/tickets/model', 'onnx/model.onnx in the folder of the model'],
    [
      'sentence-mtl export runs/tickets/model --out web/model --tasks intent --probabilities',
      'a folder to serve, with one task of several',
    ],
    ['sentence-mtl export minilm --out web/minilm --precision fp32,fp16', 'an encoder alone, twice: for WebGPU too'],
  ],
  run: runExport,
});
