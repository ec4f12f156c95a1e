// What the kinds of tasks have in common whose head reads one text.
import type { HeadConfig } from './head-config.ts';
import type { TaskKind } from './task-kind.ts';
import { featureSize, headFeatures, textAt } from './text-values.ts';

interface TextHeadTask {
  readonly head: HeadConfig;
}

/** @param outputSize how many outputs the head of a task has */
export function textHead<T extends TextHeadTask>(
  outputSize: (task: T) => number,
): Pick<TaskKind<T, unknown>, 'textCount' | 'head' | 'outputs'> {
  return {
    textCount: () => 1,
    head: (task, sizes) => ({
      config: task.head,
      inputSize: featureSize(task.head.input, sizes),
      outputSize: outputSize(task),
    }),
    outputs: ({ head }, texts, apply) => [apply(head, headFeatures(head.input, textAt(texts, 0)))],
  };
}
