import { float32Tensor, sizeOfShape, type HostTensor } from '@sentence-mtl/core';
import { parameterShapes, WORD_EMBEDDINGS } from './parameter-shapes.ts';
import type { TwoHeadConfig } from './two-head-config.ts';
import { gradientName } from './two-head-program.ts';

/** Adds each row to the row of a zero table that its id names. */
function tableOfRows(ids: HostTensor, rows: HostTensor, shape: readonly number[]): HostTensor<'float32'> {
  const width = shape[1] ?? 0;
  const table = new Float32Array(sizeOfShape(shape));
  for (const [row, id] of ids.data.entries()) {
    for (let j = 0; j < width; j++) {
      const at = Number(id) * width + j;
      table[at] = (table[at] ?? 0) + Number(rows.data[row * width + j] ?? 0);
    }
  }
  return float32Tensor(table, shape);
}

/**
 * The gradients of a run by the path of their parameter, as whole tables: the rows of the word embeddings are added
 * up. Training leaves them as rows; comparisons with PyTorch want the table.
 */
export function gradientsByPath(
  config: TwoHeadConfig,
  inputIds: HostTensor,
  outputs: Readonly<Record<string, HostTensor>>,
): ReadonlyMap<string, HostTensor> {
  const gradients = new Map<string, HostTensor>();
  for (const [path, shape] of parameterShapes(config)) {
    const output = outputs[gradientName(path)];
    if (output === undefined) continue;
    gradients.set(path, path === WORD_EMBEDDINGS ? tableOfRows(inputIds, output, shape) : output);
  }
  return gradients;
}
