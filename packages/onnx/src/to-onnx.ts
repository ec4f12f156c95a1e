import type { Program } from '@sentence-mtl/program';
import { writeModel } from './model/write-model.ts';
import { programModel, type OnnxOptions } from './program-model.ts';

export interface OnnxExport {
  /** The content of a `.onnx` file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly nodeCount: number;
}

/**
 * A program as an ONNX file: `programModel`, then `writeModel`.
 *
 * @throws ProgramError when a name stands twice, a size follows from no input, or an operation is not for the target
 * @throws MemoryLimitError when the file would pass 2 GiB
 */
export function toOnnx(program: Program, options: OnnxOptions): OnnxExport {
  const model = programModel(program, options);
  return { bytes: writeModel(model), nodeCount: model.nodes.length };
}
