// The one list of the kinds of tasks there are. A new kind is a file beside the others, a member of the interface, a line
// in the table, and a member of the two unions.
import type { ZodType } from 'zod';
import type { ClassPrediction } from './class-prediction.ts';
import {
  classificationKind,
  type ClassificationLabelOf,
  type ClassificationPredictionOf,
  type ClassificationTask,
} from './kinds/classification.ts';
import { embeddingKind, type EmbeddingLabelOf, type EmbeddingTask } from './kinds/embedding.ts';
import {
  multiLabelKind,
  type MultiLabelLabelOf,
  type MultiLabelPrediction,
  type MultiLabelPredictionOf,
  type MultiLabelTask,
} from './kinds/multi-label.ts';
import {
  pairClassificationKind,
  type PairClassificationLabelOf,
  type PairClassificationPredictionOf,
  type PairClassificationTask,
} from './kinds/pair-classification.ts';
import {
  pairSimilarityKind,
  type PairSimilarityLabelOf,
  type PairSimilarityPrediction,
  type PairSimilarityPredictionOf,
  type PairSimilarityTask,
} from './kinds/pair-similarity.ts';
import {
  regressionKind,
  type RegressionLabelOf,
  type RegressionPrediction,
  type RegressionPredictionOf,
  type RegressionTask,
} from './kinds/regression.ts';
import type { TaskKind } from './task-kind.ts';

interface TaskKinds {
  readonly classification: TaskKind<ClassificationTask, ClassPrediction<string>>;
  readonly 'multi-label': TaskKind<MultiLabelTask, MultiLabelPrediction<string>>;
  readonly regression: TaskKind<RegressionTask, RegressionPrediction<number>>;
  readonly 'pair-similarity': TaskKind<PairSimilarityTask, PairSimilarityPrediction>;
  readonly 'pair-classification': TaskKind<PairClassificationTask, ClassPrediction<string>>;
  readonly embedding: TaskKind<EmbeddingTask, never>;
}

const taskKinds: TaskKinds = {
  classification: classificationKind,
  'multi-label': multiLabelKind,
  regression: regressionKind,
  'pair-similarity': pairSimilarityKind,
  'pair-classification': pairClassificationKind,
  embedding: embeddingKind,
};

/** The name of a kind of task. */
export type TaskKindName = keyof TaskKinds;

/** A task as it is configured: a union discriminated by `kind`. */
export type Task = { [K in TaskKindName]: TaskKinds[K] extends TaskKind<infer C, infer _> ? C : never }[TaskKindName];

/** What is predicted of a row, by its task; never for a task without predictions. */
export type PredictionOf<T> =
  | ClassificationPredictionOf<T>
  | MultiLabelPredictionOf<T>
  | RegressionPredictionOf<T>
  | PairSimilarityPredictionOf<T>
  | PairClassificationPredictionOf<T>;

/** Tasks that predict something of one text, and those that do of two. */
export type TextTask = ClassificationTask | MultiLabelTask | RegressionTask;
export type PairTask = PairSimilarityTask | PairClassificationTask;

/** The label of a row, by its task. */
export type LabelOf<T> =
  | ClassificationLabelOf<T>
  | MultiLabelLabelOf<T>
  | RegressionLabelOf<T>
  | PairSimilarityLabelOf<T>
  | PairClassificationLabelOf<T>
  | EmbeddingLabelOf<T>;

export const TASK_KINDS: readonly TaskKindName[] = Object.keys(taskKinds) as readonly TaskKindName[];

/** What is particular to the kind of a task. */
export function kindOf<T extends Task>(task: T): TaskKind<T, PredictionOf<T>> {
  // A kind takes the tasks of its name; the compiler does not follow that through the table.
  return taskKinds[task.kind] as unknown as TaskKind<T, PredictionOf<T>>;
}

/** The schema of the tasks of a kind. */
export const schemaOf = (kind: TaskKindName): ZodType<Task> => taskKinds[kind].schema;
