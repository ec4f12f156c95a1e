import type { Parameters } from '@sentence-mtl/core';
import type { Tasks } from '@sentence-mtl/heads';
import type { SentenceModelConfig } from '@sentence-mtl/model';

/** A model as data: an encoder's config, its tasks, and the parameters of both by path. */
export interface TrainingModel {
  readonly config: SentenceModelConfig;
  readonly tasks: Tasks;
  /** `encoder.…`, `pooling.…` and `heads.<task>.…`. */
  readonly parameters: Parameters;
}
