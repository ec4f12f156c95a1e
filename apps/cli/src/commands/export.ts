import { unreachable } from '@sentence-mtl/core';
import {
  addGraphs,
  classifierGraph,
  exportGraph,
  halfGraph,
  readExportableModel,
  writeClassifierFolder,
  writeExportFolder,
  writePythonScript,
  type ExportableModel,
  type ExportedGraph,
  type ExportPrecision,
  type GraphRecord,
  type GraphsByPrecision,
} from '@sentence-mtl/export';
import { GRAPH_FOLDER, readModelFolder } from '@sentence-mtl/model-files';
import type { OnnxModel } from '@sentence-mtl/onnx';
import { defineCommand, type Command, type Options } from '../command-line/command.ts';
import type { CommandContext } from '../command-line/command-context.ts';
import { askedPrecisions } from '../exporting/asked-precisions.ts';
import { checkExportUsage, exportFolder, exportTarget, type ExportValues } from '../exporting/export-options.ts';
import { exportText } from '../exporting/export-text.ts';
import { quantizedGraph } from '../exporting/quantized-graph.ts';
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
  data: { kind: 'list', value: 'FILE', help: 'int8: measure on these texts and labels (default: texts of our own)' },
  textColumn: { kind: 'text', value: 'NAME', default: 'text', help: 'the column of the texts in --data' },
  maxDrift: {
    kind: 'number',
    value: 'POINTS',
    help: 'int8: how far the first metric of a task may fall (default: 0.5), or, without labels, of how many percent of the texts something else may be said (default: 5)',
  },
  reduceRange: { kind: 'flag', help: 'int8: weights of 7 bits, for x86 processors without VNNI' },
  probabilities: { kind: 'flag', help: 'have probabilities_<task> beside logits_<task>' },
  as: {
    kind: 'choice',
    value: 'KIND',
    choices: ['sequence-classification'],
    help: "one task as a model of transformers' own kinds, with --task and --out",
  },
  task: { kind: 'text', value: 'NAME', help: 'the task of --as' },
  opset: { kind: 'choice', value: 'N', choices: ['17', '20'], help: 'operators of 2022 or of 2023 (default: 17)' },
  fused: { kind: 'flag', help: "use operators of ONNX Runtime's own, with opset 20: for that runtime only" },
  to: { kind: 'choice', value: 'LANGUAGE', choices: ['python'], help: 'a script that runs the tasks, and no graph' },
} as const satisfies Options;

function graphOf(model: ExportableModel, values: ExportValues): ExportedGraph {
  const { tasks: list, task, probabilities } = values;
  const target = exportTarget(values);
  const known = model.tasks ?? {};
  if (task !== undefined) {
    const [name = task] = namedTasks(known, [task], '--task');
    return classifierGraph(model, name, { target });
  }
  const tasks = list === undefined ? undefined : namedTasks(known, list.split(','), '--tasks');
  return exportGraph(model, { tasks, probabilities, target });
}

async function graphIn(
  precision: ExportPrecision,
  model: ExportableModel,
  graph: ExportedGraph,
  values: ExportValues,
  context: CommandContext,
): Promise<OnnxModel> {
  switch (precision) {
    case 'fp32':
      return graph.model;
    case 'fp16':
      return halfGraph(graph.model);
    case 'int8':
      return quantizedGraph(model, graph, values, context);
    default:
      return unreachable(precision);
  }
}

async function write(
  model: ExportableModel,
  graphs: GraphsByPrecision,
  place: { readonly folder: string; readonly out: string | undefined },
  { task }: ExportValues,
): Promise<readonly GraphRecord[]> {
  const { folder, out } = place;
  if (out === undefined) return addGraphs(folder, model, graphs);
  return task === undefined ? writeExportFolder(out, model, graphs) : writeClassifierFolder(out, model, task, graphs);
}

/** A script beside the model, or beside a copy of it. */
async function exportScript(folder: string, out: string | undefined, context: CommandContext): Promise<void> {
  if (out !== undefined) await writeExportFolder(out, await readExportableModel(folder), new Map());
  const script = await writePythonScript(out ?? folder);
  const needs = 'needs: pip install sentence-transformers safetensors';
  await context.result({ folder: out ?? folder, script }, `${script}\n\n${needs}\nthen: python ${script} "a text"`);
}

async function exportGraphs(
  folder: string,
  out: string | undefined,
  values: ExportValues,
  context: CommandContext,
): Promise<void> {
  const precisions = askedPrecisions(values.precision);
  const start = context.now();
  const model = await readExportableModel(folder);
  const graph = graphOf(model, values);
  const notices = [...model.notices, ...graph.notices].map(({ message }) => message);
  for (const message of notices) await context.note(message);
  const graphs = new Map<ExportPrecision, OnnxModel>();
  for (const precision of precisions) graphs.set(precision, await graphIn(precision, model, graph, values, context));
  const records = await write(model, graphs, { folder, out }, values);
  const place = out ?? folder;
  const seconds = (context.now() - start) / 1000;
  const summary = { folder: place, graphs: records, tasks: graph.description.tasks, notices, seconds };
  await context.result(summary, exportText(`${place}/${GRAPH_FOLDER}`, records, graph));
}

async function runExport(values: ExportValues, context: CommandContext): Promise<void> {
  checkExportUsage(values);
  const folder = await findModel(values.model, context);
  await readModelFolder(folder);
  const out = exportFolder(folder, values, context);
  if (values.to === 'python') await exportScript(folder, out, context);
  else await exportGraphs(folder, out, values, context);
}

export const exportModel: Command = defineCommand({
  name: 'export',
  summary: 'Write a model as a graph that other runtimes open',
  details:
    'The graph takes "input_ids", "attention_mask" and, where the encoder has segments, "token_type_ids", and gives "last_hidden_state", "sentence_embedding" and "logits_<task>" for each task, whose labels stand in its metadata. The folder is one that transformers.js opens as it is, in a browser too, and that Python\'s sentence-transformers loads. int8 keeps as few layers in float32 as measuring allows; how far it is off is told and stored, and what is too far off is not written.',
  positionals: { model: { help: 'a folder, the id of a model on the hub, or minilm' } },
  options: OPTIONS,
  examples: [
    ['sentence-mtl export runs/tickets/model', 'onnx/model.onnx in the folder of the model'],
    [
      'sentence-mtl export runs/tickets/model --out web/model --tasks intent --probabilities',
      'a folder to serve, with one task of several',
    ],
    [
      'sentence-mtl export runs/tickets/model --out web/intent --as sequence-classification --task intent',
      "for pipeline('text-classification') of transformers.js",
    ],
    ['sentence-mtl export runs/tickets/model --to python', 'sentence_mtl_model.py in the folder of the model'],
    [
      'sentence-mtl export runs/tickets/model --precision fp32,int8 --data dev.csv',
      'onnx/model_quantized.onnx too, a quarter as large, measured on labelled texts',
    ],
    ['sentence-mtl export minilm --out web/minilm --precision fp32,fp16', 'an encoder alone, twice: for WebGPU too'],
  ],
  run: runExport,
});
