export { HubError, ModelFileError } from './errors.ts';
export type { HubProblem } from './errors.ts';
export { fileChecksum } from './files/file-checksum.ts';
export { entryNames, folderNames, removeFolder } from './files/folder-names.ts';
export { LineLog } from './files/line-log.ts';
export { pathInside } from './files/path-inside.ts';
export { readJsonIfPresent, readJsonObject } from './files/read-json.ts';
export { replaceFolder, restoreFolder } from './files/replace-folder.ts';
export { createRowFile } from './files/row-file.ts';
export type { RowFile, RowFileOptions } from './files/row-file.ts';
export { writeAtomically } from './files/write-atomically.ts';
export type { DenseActivation, DenseConfig } from './folder/dense-config.ts';
export {
  GRAPH_FILES,
  GRAPH_FOLDER,
  GRAPH_PRECISIONS,
  graphPath,
  readGraphFile,
  removeGraphs,
} from './folder/graph-files.ts';
export type { GraphPrecision } from './folder/graph-files.ts';
export type { PoolingConfig, PoolingMode } from './folder/pooling-config.ts';
export type { PromptConfig } from './folder/prompt-config.ts';
export { readModelFolder } from './folder/read-model-folder.ts';
export type { DenseModule, ModelFolder, TokenizerTexts } from './folder/read-model-folder.ts';
export { replaceModelFolder } from './folder/replace-model-folder.ts';
export { writeModelFolder } from './folder/write-model-folder.ts';
export type { ModelParts } from './folder/write-model-folder.ts';
export { writeTransformersFolder } from './folder/write-transformers-folder.ts';
export type { TransformersParts } from './folder/write-transformers-folder.ts';
export type { SafetensorsType } from './safetensors/data-type.ts';
export type { TensorPlace } from './safetensors/header.ts';
export { openWeights, readWeights } from './safetensors/open-weights.ts';
export type { Weights } from './safetensors/open-weights.ts';
export { openSafetensors } from './safetensors/read-safetensors.ts';
export type { SafetensorsFile } from './safetensors/read-safetensors.ts';
export { quantizeRows } from './safetensors/row-scales.ts';
export { writeSafetensors } from './safetensors/write-safetensors.ts';
export type { StoredTensor } from './safetensors/write-safetensors.ts';
export { fetchModel } from './hub/fetch-model.ts';
export type { FetchOptions } from './hub/fetch-model.ts';
export type { HubEvent } from './hub/hub-event.ts';
export { hubSettings } from './hub/hub-settings.ts';
export type { HubSettings } from './hub/hub-settings.ts';
export { copyHead, headFolder, readHeadConfig, removeHead, writeHead } from './tasks/head-files.ts';
export type { HeadFiles } from './tasks/head-files.ts';
export { readTaskManifest, TASK_FORMAT_VERSION, TASK_MANIFEST, writeTaskManifest } from './tasks/task-manifest.ts';
export type { TaskManifest } from './tasks/task-manifest.ts';
