export { isUneditedCard } from './card/card-marker.ts';
export type { CardOptions } from './card/card-options.ts';
export { renderModelCard } from './card/model-card.ts';
export { RunFileError } from './errors.ts';
export { renderReport } from './render-report.ts';
export type { DataFacts, DataFile, LabelUse, TextLengths } from './run/data-facts.ts';
export type { TimingLine } from './run/log-lines.ts';
export { readRun } from './run/read-run.ts';
export type { RunRecord } from './run/run-record.ts';
export type {
  ConfidenceBin,
  Confusion,
  LabelResult,
  TagThresholds,
  TaskDetails,
  TestDetails,
  ThresholdPoint,
  WrongRow,
} from './run/test-details.ts';
