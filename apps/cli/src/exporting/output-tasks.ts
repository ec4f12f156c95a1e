import type { ExportableModel, ExportedGraph } from '@sentence-mtl/export';
import type { Tasks } from '@sentence-mtl/heads';

/** The tasks that are outputs of a graph. */
export function outputTasks(
  { tasks = {} }: ExportableModel,
  { description }: Pick<ExportedGraph, 'description'>,
): Tasks {
  const outputs = new Set(description.tasks.flatMap(({ name, output }) => (output === null ? [] : [name])));
  return Object.fromEntries(Object.entries(tasks).filter(([name]) => outputs.has(name)));
}
