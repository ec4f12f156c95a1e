import { SentenceMtlError } from '@sentence-mtl/core';

/** Data that nothing can be trained on, or not what is asked for. */
export class TrainingDataError extends SentenceMtlError {
  readonly code = 'TRAINING_DATA';
}

/** Settings that contradict each other or the model. */
export class TrainingSettingsError extends SentenceMtlError {
  readonly code = 'TRAINING_SETTINGS';
}

/** A loss or gradient that is not a finite number. */
export class NonFiniteError extends SentenceMtlError {
  readonly code = 'NON_FINITE';
}

/** A checkpoint or run folder that cannot be gone on with. */
export class CheckpointError extends SentenceMtlError {
  readonly code = 'CHECKPOINT';
}
