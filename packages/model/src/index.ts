export { PRECISIONS } from './embeddings.ts';
export type { EmbeddingPrecision, Embeddings, TokenEmbeddings } from './embeddings.ts';
export type { EncodeOptions, EncodingProgress } from './encode-options.ts';
export { encodingProgram } from './encoding-program.ts';
export type { EncodingOutput } from './encoding-program.ts';
export type { StreamedEmbedding, StreamOptions } from './encode-stream.ts';
export { ModelError } from './errors.ts';
export { loadSentenceModel } from './load-sentence-model.ts';
export { modelFolder } from './model-source.ts';
export type { SourceOptions } from './model-source.ts';
export { promptOf } from './prompt.ts';
export type { PromptOptions } from './prompt.ts';
export { quantizationRanges, quantizeEmbeddings } from './quantize-embeddings.ts';
export type { QuantizationRanges } from './quantize-embeddings.ts';
export type { Allocate } from './read-parameters.ts';
export { readSentenceModel, readSentenceModelConfig } from './read-sentence-model.ts';
export type { ReadOptions } from './read-sentence-model.ts';
export { semanticSearch } from './semantic-search.ts';
export type { SearchHit, SearchOptions } from './semantic-search.ts';
export { poolSentences, sentenceEmbedding } from './sentence-embedding.ts';
export type { PooledSentences, SentenceEmbedding, SentenceEmbeddingOptions } from './sentence-embedding.ts';
export { SentenceEncoder } from './sentence-encoder.ts';
export type { EncoderOptions, LoadOptions, RuntimeOptions } from './sentence-encoder.ts';
export { columnName, parameterInputs, parametersAt, tokenInputs, tokensOf } from './sentence-inputs.ts';
export { embeddingDimension } from './sentence-model.ts';
export type { ModelNotice, PoolingSettings, SentenceModel, SentenceModelConfig } from './sentence-model.ts';
export { sentenceParameterShapes } from './sentence-parameters.ts';
export { sentenceTokenizer } from './sentence-tokenizer.ts';
export type { SentenceTokenizer } from './sentence-tokenizer.ts';
export { similarity } from './similarity.ts';
export type { Matrix, SimilarityMeasure } from './similarity.ts';
export { checkTokenGraph, openTokenGraph, TOKEN_OUTPUT } from './token-graph.ts';
export { writeSentenceModel } from './write-sentence-model.ts';
export { readSequenceClassifier } from './sequence-classifier/read-sequence-classifier.ts';
export {
  hasClassifierHead,
  sequenceClassifierConfig,
  writeSequenceClassifier,
} from './sequence-classifier/write-sequence-classifier.ts';
export { MultiTaskModel } from './tasks/multi-task-model.ts';
export type { LoadTaskOptions } from './tasks/multi-task-model.ts';
export type {
  PairPredictions,
  PairPredictOptions,
  PredictOptions,
  TextPredictions,
  WithEmbedding,
} from './tasks/predict-options.ts';
export { headInputs, outputName, predictionProgram, textValues } from './tasks/prediction-program.ts';
export type { AskedOutputs, PredictionOutputs } from './tasks/prediction-program.ts';
export { readTaskModel, readTaskModelConfig } from './tasks/read-task-model.ts';
export type { ReadTaskOptions, TaskModelConfig } from './tasks/read-task-model.ts';
export { addSavedTask, removeSavedTask, renameSavedTask } from './tasks/saved-tasks.ts';
export type { SavedTaskChange } from './tasks/saved-tasks.ts';
export { addTask, checkHasTask, createTaskModel, embeddingSizes, removeTask, renameTask } from './tasks/task-model.ts';
export type { Provenance, TaskModel } from './tasks/task-model.ts';
export { writeTaskModel } from './tasks/write-task-model.ts';
