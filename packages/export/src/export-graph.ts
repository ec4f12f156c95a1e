import { promptOf } from '@sentence-mtl/model';
import { programModel, type OnnxModel, type OnnxTarget } from '@sentence-mtl/onnx';
import type { ExportableModel, ExportNotice } from './exportable-model.ts';
import { describeGraph, graphMetadata, type GraphDescription } from './graph-description.ts';
import { graphProgram, type GraphContent } from './graph-program.ts';
import { graphTasks } from './graph-tasks.ts';

export interface GraphOptions extends GraphContent {
  /** Whom the graph is for; `portable`, any runtime since 2022, by default. */
  readonly target?: OnnxTarget | undefined;
}

/** A graph for other runtimes, in memory. Its weights are those of the model, not copies. */
export interface ExportedGraph {
  readonly model: OnnxModel;
  readonly description: GraphDescription;
  /** What it lacks, and what whoever runs it has to see to. */
  readonly notices: readonly ExportNotice[];
}

/** What an encoder does before its graph begins, which other runtimes do not. */
export function textNotices({ config: { prompts, pooling, lowercase } }: ExportableModel): readonly ExportNotice[] {
  const given = Object.entries(prompts.prompts).filter(([, text]) => text !== '');
  const usual = promptOf(prompts, {});
  const notices: (readonly [boolean, ExportNotice])[] = [
    [
      usual !== '',
      {
        kind: 'prompt',
        message: `the model puts ${JSON.stringify(usual)} in front of texts, and other runtimes do not: put it there yourself`,
      },
    ],
    [
      given.length > 0 && !pooling.includePrompt,
      {
        kind: 'promptPooling',
        message:
          'the model leaves the tokens of a prompt out of its pooling, and the graph does not: texts with a prompt get other embeddings',
      },
    ],
    [
      lowercase,
      {
        kind: 'lowercase',
        message:
          'the model lower-cases texts before its tokenizer sees them (do_lower_case of sentence_bert_config.json), and other runtimes do not: lower-case them yourself',
      },
    ],
  ];
  return notices.flatMap(([applies, notice]) => (applies ? [notice] : []));
}

/**
 * A model as an ONNX graph: the embedding and every task in one, with int64 tokens; `graphProgram` says which inputs and
 * outputs it has. Its description, with the labels of all tasks, stands in the file's metadata.
 *
 * @throws ArgumentError where the model has no such task, or lacks a parameter
 * @throws ExportError where a task is asked for that a graph of one text cannot have
 */
export function exportGraph(model: ExportableModel, options: GraphOptions = {}): ExportedGraph {
  const { config, tasks: all = {}, provenance = {} } = model;
  const { target = 'portable', tasks: asked, probabilities = false } = options;
  const program = graphProgram(model, options);
  const described = asked === undefined ? all : graphTasks(all, asked).tasks;
  const description = describeGraph(config, described, probabilities, provenance);
  const graph = programModel(program, { target, integerInputs: 'int64', metadata: graphMetadata(description) });
  return { model: graph, description, notices: [...graphTasks(all, asked).notices, ...textNotices(model)] };
}
