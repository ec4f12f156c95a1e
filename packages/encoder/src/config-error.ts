import { SentenceMtlError } from '@sentence-mtl/core';

/** An encoder's config file that is wrong or describes something this project does not have. */
export class EncoderConfigError extends SentenceMtlError {
  readonly code = 'ENCODER_CONFIG';
}
