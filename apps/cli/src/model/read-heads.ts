import { sizeOfShape } from '@sentence-mtl/core';
import { taskParameterSpecs, type Task, type TaskKindName } from '@sentence-mtl/heads';
import { embeddingSizes, readTaskModelConfig, type SentenceModelConfig } from '@sentence-mtl/model';
import { readTaskManifest } from '@sentence-mtl/model-files';

/** A task of a model and the head that predicts it. */
export interface HeadDescription {
  readonly task: string;
  readonly kind: TaskKindName;
  /** Undefined where the task has none. */
  readonly labels: readonly string[] | undefined;
  readonly parameters: number;
}

function describeHead(name: string, task: Task, config: SentenceModelConfig): HeadDescription {
  const specs = [...taskParameterSpecs(name, task, embeddingSizes(config)).values()];
  return {
    task: name,
    kind: task.kind,
    labels: 'labels' in task ? task.labels : undefined,
    parameters: specs.reduce((sum, { shape }) => sum + sizeOfShape(shape), 0),
  };
}

/**
 * The heads of a multi-task model, in its order; a sentence encoder has none.
 *
 * @throws as `readTaskModelConfig` does
 */
export async function readHeads(folder: string): Promise<readonly HeadDescription[]> {
  if ((await readTaskManifest(folder)) === undefined) return [];
  const { tasks, config } = await readTaskModelConfig(folder);
  return Object.entries(tasks).map(([name, task]) => describeHead(name, task, config));
}
