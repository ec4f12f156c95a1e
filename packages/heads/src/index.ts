export type { HeadContext } from './apply-head.ts';
export { applyHead } from './apply-head.ts';
export type { ClassPrediction, LabelScore } from './class-prediction.ts';
export type { ClassLoss } from './class-loss.ts';
export type { ClassSettings, ClassTask } from './class-task.ts';
export type { HeadSettings, TypedSettings } from './configured-task.ts';
export type { EmbeddingDistance, EmbeddingLoss } from './embedding-loss.ts';
export { LabelError, TaskConfigError } from './errors.ts';
export type {
  EvaluatedClasses,
  EvaluatedEmbeddings,
  EvaluatedNumbers,
  EvaluatedOutputs,
  EvaluatedTags,
} from './evaluated-outputs.ts';
export { HEAD_ACTIVATIONS } from './head-config.ts';
export type { HeadActivation, HeadConfig, HeadInput } from './head-config.ts';
export type { HeadParameterSpec } from './head-parameters.ts';
export { headPrefix } from './head-paths.ts';
export { classifierLayouts, huggingFaceHead, huggingFaceHeadNames, isHuggingFaceHead } from './hugging-face-head.ts';
export type { ClassifierArchitecture, ClassifierLayout } from './hugging-face-head.ts';
export { classification } from './kinds/classification.ts';
export type { ClassificationTask } from './kinds/classification.ts';
export { embedding } from './kinds/embedding.ts';
export type { EmbeddingSettings, EmbeddingTask } from './kinds/embedding.ts';
export { multiLabel } from './kinds/multi-label.ts';
export type { MultiLabelLoss, MultiLabelPrediction, MultiLabelSettings, MultiLabelTask } from './kinds/multi-label.ts';
export { pairClassification } from './kinds/pair-classification.ts';
export type { PairClassificationSettings, PairClassificationTask, PairReading } from './kinds/pair-classification.ts';
export { pairSimilarity } from './kinds/pair-similarity.ts';
export type {
  PairSimilarityLoss,
  PairSimilarityPrediction,
  PairSimilaritySettings,
  PairSimilarityTask,
} from './kinds/pair-similarity.ts';
export { regression } from './kinds/regression.ts';
export type { RegressionLoss, RegressionPrediction, RegressionSettings, RegressionTask } from './kinds/regression.ts';
export { parseLabels } from './label-set.ts';
export type { LabelSet, PerLabel } from './label-set.ts';
export { labelTotals, lossScope } from './label-totals.ts';
export { encodeLabels, fitTask } from './labels.ts';
export type { PlaceOf } from './labels.ts';
export { checkTaskName, checkTaskNames } from './names.ts';
export { numberOf } from './number-label.ts';
export type { TargetScale } from './target-scale.ts';
export type { OutputTensors, OutputValues, PredictionOptions } from './task-kind.ts';
export { TASK_KINDS } from './task-kinds.ts';
export type { LabelOf, PairTask, PredictionOf, Task, TaskKindName, TextTask } from './task-kinds.ts';
export { checkTopK, evaluatedOutputs, predictionsOf } from './task-outputs.ts';
export {
  initialTaskParameters,
  labelType,
  taskLoss,
  taskOutputs,
  taskParameterSpecs,
  textCount,
} from './task-program.ts';
export { defineTasks, parseTask } from './tasks.ts';
export type { PairTaskName, Predictions, Tasks, TextTaskName } from './tasks.ts';
export type { EmbeddingSizes, TextValues } from './text-values.ts';
