import { SentenceMtlError } from '@sentence-mtl/core';

/** A strategy names a layer, head, group or pattern that the model does not have, or cannot freeze alone. */
export class UnknownPartError extends SentenceMtlError {
  readonly code = 'FREEZE_UNKNOWN_PART';
}

/** Strategies that, together, leave nothing to train. */
export class NothingTrainsError extends SentenceMtlError {
  readonly code = 'FREEZE_NOTHING_TRAINS';
}

/** An evaluation that a strategy goes by lacks the metric that it reads. */
export class MissingMetricError extends SentenceMtlError {
  readonly code = 'FREEZE_MISSING_METRIC';
}
