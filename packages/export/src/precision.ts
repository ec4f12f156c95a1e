/** The number formats of exported graphs. */
export type ExportPrecision = 'fp32' | 'fp16' | 'int8';

/** The file of each format below `onnx/`: the names that transformers.js looks for. */
export const GRAPH_FILES: Readonly<Record<ExportPrecision, string>> = {
  fp32: 'model.onnx',
  fp16: 'model_fp16.onnx',
  int8: 'model_quantized.onnx',
};
