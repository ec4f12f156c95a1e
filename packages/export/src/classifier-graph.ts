import type { Task } from '@sentence-mtl/heads';
import { checkHasTask, hasClassifierHead, sequenceClassifierConfig } from '@sentence-mtl/model';
import { programModel } from '@sentence-mtl/onnx';
import { describeGraph, graphMetadata } from './graph-description.ts';
import { withTasks, type ExportableModel, type ExportNotice } from './exportable-model.ts';
import { textNotices, type ExportedGraph, type GraphOptions } from './export-graph.ts';
import { logitsOutput } from './graph-names.ts';
import { graphProgram } from './graph-program.ts';

/** What a `…ForSequenceClassification` calls its output. */
const OUTPUT = 'logits';

function taskNotices(model: ExportableModel, name: string, task: Task | undefined): readonly ExportNotice[] {
  const thresholds = task?.kind === 'multi-label' ? [task.threshold, ...Object.values(task.thresholds)] : [];
  const notices: (readonly [boolean, ExportNotice])[] = [
    [
      !hasClassifierHead(withTasks(model), name),
      {
        kind: 'weights',
        message: `Python's transformers has no head like that of task "${name}": the folder has the graph, and no weights that its pipeline would load; one trained with the head that huggingFaceHead gives has both`,
      },
    ],
    [
      thresholds.some((threshold) => threshold !== 0.5),
      {
        kind: 'thresholds',
        message: `the thresholds of task "${name}" have no place in a classifier's config; they stand in the graph's metadata`,
      },
    ],
    [
      task?.kind === 'regression',
      {
        kind: 'regression',
        message: `the pipeline of transformers.js makes probabilities of any logits: run the model itself to read the numbers of task "${name}"`,
      },
    ],
  ];
  return notices.flatMap(([applies, notice]) => (applies ? [notice] : []));
}

/**
 * One task of a model as the graph of a sequence classifier: its only output is `logits`, (batch_size, L).
 *
 * @throws ArgumentError where the model has no such task
 * @throws ModelError where a sequence classifier has no such tasks
 */
export function classifierGraph(
  model: ExportableModel,
  name: string,
  { target = 'portable' }: Pick<GraphOptions, 'target'> = {},
): ExportedGraph {
  const { config, tasks, provenance = {} } = withTasks(model);
  checkHasTask(tasks, name);
  sequenceClassifierConfig({ config, tasks }, name);
  const { inputs, outputs } = graphProgram(model, { tasks: [name] });
  const logits = Object.entries(outputs).filter(([output]) => output === logitsOutput(name));
  const program = { inputs, outputs: Object.fromEntries(logits.map(([, value]) => [OUTPUT, value])) };
  const one = Object.fromEntries(Object.entries(tasks).filter(([each]) => each === name));
  const described = describeGraph(config, one, false, provenance);
  const description = { ...described, tasks: described.tasks.map((task) => ({ ...task, output: OUTPUT })) };
  return {
    model: programModel(program, { target, integerInputs: 'int64', metadata: graphMetadata(description) }),
    description,
    notices: [...taskNotices(model, name, tasks[name]), ...textNotices(model)],
  };
}
