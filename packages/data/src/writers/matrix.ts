// Files that hold one matrix: a header of fixed length that tells the number of rows, then the rows as they are in memory
// (little endian, as on every platform that Node's releases support). How many rows are whole, the file's length tells.
import { PartialFile } from './partial-file.ts';
import { bytesPerElement, checkEmbedding, type EmbeddingRow, type EmbeddingShape } from './embedding-row.ts';
import type { RowWriter, WriteOptions } from './row-writer.ts';

/** The header for so many rows; always as long. */
type Header = (rows: number, shape: EmbeddingShape) => Uint8Array;

/** Text padded with spaces to a length. */
function padded(text: string, length: number): Uint8Array {
  return new TextEncoder().encode(text.padEnd(length));
}

/** NumPy's format, version 1.0 (NEP 1): 128 bytes. */
const npyHeader: Header = (rows, { dimension, elements }) => {
  const description = { float32: '<f4', int8: '|i1', uint8: '|u1' }[elements];
  const text = `{'descr': '${description}', 'fortran_order': False, 'shape': (${rows}, ${dimension}), }`;
  return Uint8Array.of(0x93, ...padded('NUMPY', 5), 1, 0, 118, 0, ...padded(text, 117), 0x0a);
};

/** safetensors with one tensor, `embeddings`: 256 bytes. */
const safetensorsHeader: Header = (rows, { dimension, elements }) => {
  const dtype = { float32: 'F32', int8: 'I8', uint8: 'U8' }[elements];
  const bytes = rows * dimension * bytesPerElement(elements);
  const tensor = { dtype, shape: [rows, dimension], data_offsets: [0, bytes] };
  const text = JSON.stringify({ __metadata__: { format: 'pt' }, embeddings: tensor });
  return Uint8Array.of(248, 0, 0, 0, 0, 0, 0, 0, ...padded(text, 248));
};

/** The rows one after the other. */
function joined(rows: readonly EmbeddingRow[], rowBytes: number): Uint8Array {
  const bytes = new Uint8Array(rows.length * rowBytes);
  rows.forEach(({ embedding }, row) => {
    bytes.set(new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength), row * rowBytes);
  });
  return bytes;
}

async function openMatrixWriter(
  path: string,
  header: Header,
  shape: EmbeddingShape,
  options: WriteOptions,
): Promise<RowWriter<EmbeddingRow>> {
  const file = await PartialFile.open(path, options);
  const headerBytes = header(0, shape).length;
  const rowBytes = shape.dimension * bytesPerElement(shape.elements);
  if (file.size < headerBytes) await file.writeAt(0, header(0, shape));
  const rowsBefore = Math.floor((file.size - headerBytes) / rowBytes);
  await file.truncate(headerBytes + rowsBefore * rowBytes);
  return {
    rowsBefore,
    write: async (rows) => {
      for (const row of rows) checkEmbedding(row, shape);
      await file.append(joined(rows, rowBytes));
    },
    finish: async () => {
      await file.writeAt(0, header((file.size - headerBytes) / rowBytes, shape));
      await file.finish();
    },
    leave: () => file.leave(),
  };
}

/** Writes the embeddings, without the texts, as NumPy's `.npy`. */
export function openNpyWriter(
  path: string,
  shape: EmbeddingShape,
  options: WriteOptions,
): Promise<RowWriter<EmbeddingRow>> {
  return openMatrixWriter(path, npyHeader, shape, options);
}

/** Writes the embeddings, without the texts, as the tensor `embeddings` of a safetensors file. */
export function openSafetensorsWriter(
  path: string,
  shape: EmbeddingShape,
  options: WriteOptions,
): Promise<RowWriter<EmbeddingRow>> {
  return openMatrixWriter(path, safetensorsHeader, shape, options);
}
