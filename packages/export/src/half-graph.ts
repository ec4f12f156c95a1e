import { toHalfPrecision, type OnnxModel } from '@sentence-mtl/onnx';

/** Small, and their results are what is asked for: the poolings' dense layers and the heads of tasks. */
const STAYS_FLOAT32 = /^(heads|pooling)\./;

/**
 * A graph with the products of its encoder in half precision, in a file of half the size. Inputs and outputs are as
 * before; all that needs the range or the precision stays float32, heads and normalisation among it.
 */
export function halfGraph(graph: OnnxModel): OnnxModel {
  return toHalfPrecision(graph, { staysFloat32: (weight) => STAYS_FLOAT32.test(weight) });
}
