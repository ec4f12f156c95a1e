export { GRAPH_FILES } from '@sentence-mtl/model-files';
/** The number formats of exported graphs. */
export type { GraphPrecision as ExportPrecision } from '@sentence-mtl/model-files';
