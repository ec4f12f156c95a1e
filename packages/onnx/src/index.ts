export type { OnnxTarget } from './graph/target.ts';
export type { ElementType } from './model/element-type.ts';
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
export { toOnnx } from './to-onnx.ts';
export type { OnnxExport, OnnxOptions } from './to-onnx.ts';
