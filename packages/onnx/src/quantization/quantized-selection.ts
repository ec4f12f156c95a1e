import type { OnnxNode } from '../model/onnx-model.ts';
import { FLOAT32, type QuantizedTensor } from './quantize-tensor.ts';

/** The nodes that select rows of an int8 table and their scales, and multiply the two. */
export function quantizedSelection(selection: OnnxNode, { numbers, scales }: QuantizedTensor): readonly OnnxNode[] {
  const [, ...indices] = selection.inputs;
  const [output = ''] = selection.outputs;
  const [integers, floats, rowScales] = [`${output}_integers`, `${output}_floats`, `${output}_row_scales`];
  const select = (table: string, rows: string): OnnxNode => ({
    ...selection,
    name: `${rows}.${selection.operator}`,
    inputs: [table, ...indices],
    outputs: [rows],
  });
  const standard = { domain: '', attributes: {} };
  return [
    select(numbers.name, integers),
    {
      ...standard,
      name: `${floats}.Cast`,
      operator: 'Cast',
      inputs: [integers],
      outputs: [floats],
      attributes: { to: FLOAT32 },
    },
    select(scales.name, rowScales),
    { ...standard, name: `${output}.Mul`, operator: 'Mul', inputs: [floats, rowScales], outputs: [output] },
  ];
}
