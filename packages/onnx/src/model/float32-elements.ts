import type { OnnxTensor } from './onnx-model.ts';

/** The elements of a float32 tensor; a view of its bytes where they stand on a boundary of four, as in memory they do. */
export function float32Elements({ data }: Pick<OnnxTensor, 'data'>): Float32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : Uint8Array.from(data);
  return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}
