// A training step as parts, for loops of one's own and for measuring what `train` runs.
export { gradientOutput, lossOutput, trainingProgram, WORD_TABLE } from './program/training-program.ts';
export type { TrainingProgramOptions } from './program/training-program.ts';
export type { ProgramStart } from './program/program-start.ts';
export { createOptimizer } from './step/create-optimizer.ts';
export type { OptimizerPlan } from './step/create-optimizer.ts';
export { labelledFeeds } from './step/labelled-feeds.ts';
export type { LabelledTexts } from './step/labelled-feeds.ts';
export { learningRates } from './step/learning-rates.ts';
export type { LearningRates } from './step/learning-rates.ts';
export { StepProgram } from './step/step-program.ts';
export type { StageProgram, StepFeeds, StepLosses } from './step/step-program.ts';
export type { NamedTensors } from './batch/micro-batch.ts';
