export type { OnnxTarget } from './graph/target.ts';
export { toHalfPrecision } from './half/to-half-precision.ts';
export type { HalfOptions } from './half/to-half-precision.ts';
export type { ElementType } from './model/element-type.ts';
export { ModelFormatError } from './model/model-format-error.ts';
export type {
  FloatAttribute,
  OnnxAttribute,
  OnnxAttributes,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  OnnxValue,
  UnreadAttribute,
} from './model/onnx-model.ts';
export { printModel } from './model/print-model.ts';
export { readModel } from './model/read-model.ts';
export { modelParts, writeModel } from './model/write-model.ts';
export { withHostTypes } from './passes/host-types.ts';
export type { HostModel, HostValue } from './passes/host-types.ts';
export { programModel } from './program-model.ts';
export type { OnnxOptions } from './program-model.ts';
export { toOnnx } from './to-onnx.ts';
export type { OnnxExport } from './to-onnx.ts';
export { quantizeModel } from './quantization/quantize-model.ts';
export type { QuantizedModel, QuantizeOptions } from './quantization/quantize-model.ts';
