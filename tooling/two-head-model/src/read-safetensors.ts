import { float32Tensor, type HostTensor } from '@sentence-mtl/core';

const HEADER_LENGTH_BYTES = 8;

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * The float32 tensors of a safetensors file, by name. For this workspace's own fixtures: it trusts the file.
 *
 * @throws Error for a tensor of another dtype
 */
export function readSafetensors(bytes: Uint8Array): ReadonlyMap<string, HostTensor<'float32'>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = HEADER_LENGTH_BYTES + Number(view.getBigUint64(0, true));
  const header = new TextDecoder().decode(bytes.subarray(HEADER_LENGTH_BYTES, start));
  const entries = Object.entries(JSON.parse(header) as Record<string, Entry>);
  return new Map(
    entries
      .filter(([name]) => name !== '__metadata__')
      .map(
        ([
          name,
          {
            dtype,
            shape,
            data_offsets: [from, to],
          },
        ]) => {
          if (dtype !== 'F32') throw new Error(`tensor "${name}" is ${dtype}; the fixtures hold F32 only`);
          // A copy, since neither a file's offsets nor Node's pooled buffers are aligned to four bytes.
          const data = new Float32Array(new Uint8Array(bytes.subarray(start + from, start + to)).buffer);
          return [name, float32Tensor(data, shape)];
        },
      ),
  );
}
