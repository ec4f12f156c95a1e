import { toHalfPrecision, type OnnxModel } from '@sentence-mtl/onnx';
import { staysFloat32 } from './float32-weights.ts';

/**
 * A graph with the products of its encoder in half precision, in a file of half the size. Inputs and outputs are as
 * before; all that needs the range or the precision stays float32, heads and normalisation among it.
 */
export function halfGraph(graph: OnnxModel): OnnxModel {
  return toHalfPrecision(graph, { staysFloat32 });
}
