export { readEncoderConfig } from './encoder-config.ts';
export type { EncoderConfig } from './encoder-config.ts';
export { parameterShapes, WORD_EMBEDDINGS } from './parameter-shapes.ts';
export { decays, trains } from './trainable-parameters.ts';
export type { TrainablePhase } from './trainable-parameters.ts';
export { publishedModels } from './two-head-config.ts';
export type { PublishedModel, TwoHeadConfig } from './two-head-config.ts';
export { gradientName, twoHeadProgram } from './two-head-program.ts';
export type { TwoHeadOptions } from './two-head-program.ts';
