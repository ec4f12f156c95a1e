// Dynamic int8 quantisation: weights are stored as int8, activations become uint8 while the graph runs. The operators
// are standard (opset 11) and stand as ONNX Runtime's own quantizer writes them, so that its optimizer makes one kernel
// of each product: DynamicQuantizeLinear, MatMulInteger, Cast, Mul and Add become DynamicQuantizeMatMul, or, where
// several products share an operand, MatMulIntegerToFloat.
import { ArgumentError } from '@sentence-mtl/core';
import { pruneGraph } from '../graph/prune.ts';
import type { OnnxModel, OnnxNode, OnnxTensor } from '../model/onnx-model.ts';
import { quantizedProduct } from './quantized-product.ts';
import { quantizedSelection } from './quantized-selection.ts';
import { quantizeTable, quantizeWeight, type QuantizedTensor } from './quantize-tensor.ts';
import { weightUses, type WeightUse } from './weight-uses.ts';

export interface QuantizeOptions {
  /** Weights, by their names, that stay as they are. Default: none. */
  readonly exclude?: ((weight: string) => boolean) | undefined;
  /**
   * Bits of a product's weights, default 8. x86 processors without VNNI add pairs of products in 16 bits, which 8 bits
   * can overflow: with 7 they cannot. Tables are not multiplied and always have 8.
   */
  readonly weightBits?: 7 | 8 | undefined;
}

export interface QuantizedModel {
  readonly model: OnnxModel;
  /** The names of the weights that were quantised, in the order in which the graph reads them. */
  readonly quantized: readonly string[];
}

/** What the largest number of an output becomes: that of ONNX Runtime's quantizer, without and with `reduce_range`. */
const LARGEST = { 8: 127, 7: 64 } as const;

/** The version of the standard operators that has all that is written. */
const LEAST_OPSET = 13;

function checkOpset({ opsets }: OnnxModel): void {
  const opset = opsets.get('') ?? 0;
  if (opset >= LEAST_OPSET) return;
  throw new ArgumentError(
    `the model has opset ${opset}; dynamic quantisation is written with opset ${LEAST_OPSET} or later`,
  );
}

/** The weights that may be quantised, by name. */
function candidates({ initializers }: OnnxModel, exclude: (weight: string) => boolean): Map<string, OnnxTensor> {
  const matrices = initializers.filter(
    ({ name, type, shape, unread }) =>
      type === 'float32' && shape.length === 2 && unread === undefined && !exclude(name),
  );
  return new Map(matrices.map((tensor) => [tensor.name, tensor]));
}

function quantized({ form, weight }: WeightUse, largest: number): QuantizedTensor {
  return form === 'table' ? quantizeTable(weight) : quantizeWeight(weight, form === 'transposedOperand', largest);
}

/**
 * A model whose products and tables are int8, at a quarter of the size: MatMul and Gemm with a stored matrix, symmetric
 * and with a scale for each output, and tables of which Gather or Slice select rows, with a scale for each row.
 * Everything else, and what the graph takes and gives, stays as it is.
 *
 * @throws ArgumentError where a weight has a number that is not finite, or the model is of an opset before 13
 */
export function quantizeModel(
  model: OnnxModel,
  { exclude = () => false, weightBits = 8 }: QuantizeOptions = {},
): QuantizedModel {
  checkOpset(model);
  const largest = LARGEST[weightBits];
  const uses = weightUses(model, candidates(model, exclude));
  const made = new Map<string, QuantizedTensor>();
  const operands = new Set<string>();
  const nodes = model.nodes.flatMap((node): readonly OnnxNode[] => {
    const use = uses.get(node);
    if (use === undefined) return [node];
    const weight = made.get(use.weight.name) ?? quantized(use, largest);
    made.set(use.weight.name, weight);
    return use.form === 'table' ? quantizedSelection(node, weight) : quantizedProduct(node, weight, operands);
  });
  const added = [...made.values()].flatMap(({ numbers, scales }) => [numbers, scales]);
  const body = pruneGraph(
    { nodes, initializers: [...model.initializers, ...added] },
    model.outputs.map(({ name }) => name),
  );
  return { model: { ...model, ...body }, quantized: [...made.keys()] };
}
