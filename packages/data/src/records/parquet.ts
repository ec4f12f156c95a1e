// The one room that imports hyparquet, and only when a Parquet file is read. A group of rows is in memory at a time.
import { open, type FileHandle } from 'node:fs/promises';
import type { AsyncBuffer, Compressors, FileMetaData, SchemaTree } from 'hyparquet';
import { systemErrorCode } from '@sentence-mtl/core';
import { DataFileError } from '../errors.ts';
import { fieldsOf } from './fields-of.ts';
import type { RawRecord } from './raw-record.ts';

/** Its mark at both ends, and the length of its footer. */
const SHORTEST = 12;

/** Whether bytes begin like a Parquet file. */
export function isParquet(head: Uint8Array): boolean {
  return String.fromCharCode(...head.subarray(0, 4)) === 'PAR1';
}

/** Integers of 64 bits as numbers where they are exact as such, else as their digits. */
function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  return Array.isArray(value) ? value.map(plainValue) : value;
}

async function readRange(handle: FileHandle, start: number, end: number, size: number): Promise<ArrayBuffer> {
  if (!(start >= 0 && start <= end && end <= size)) throw new Error(`bytes ${start} to ${end} of ${size} are named`);
  const bytes = new Uint8Array(end - start);
  await handle.read(bytes, 0, bytes.length, start);
  return bytes.buffer;
}

async function bufferOf(handle: FileHandle): Promise<AsyncBuffer> {
  const { size } = await handle.stat();
  return {
    byteLength: size,
    slice: (start, end = size) => {
      const reading = readRange(handle, start, end, size);
      // hyparquet reads ahead; what it then does not wait for must not end the process.
      reading.catch(() => undefined);
      return reading;
    },
  };
}

/** hyparquet's decompressors; version 1.1.2 of them fails at an LZ4 block that holds nothing. */
async function loadCompressors(): Promise<Compressors> {
  const { compressors, decompressLz4Raw } = await import('hyparquet-compressors');
  return {
    ...compressors,
    LZ4_RAW: (input, length) => (length === 0 ? new Uint8Array() : decompressLz4Raw(input, length)),
  };
}

function leafPaths({ children, path }: SchemaTree): readonly string[] {
  return children.length === 0 ? [path.join('.')] : children.flatMap(leafPaths);
}

/** hyparquet leaves a rejection unhandled, which ends the process, where a group has other columns than the schema. */
function checkColumns({ row_groups: groups }: FileMetaData, schema: SchemaTree): void {
  const leaves = leafPaths(schema).join();
  for (const { columns } of groups) {
    const paths = columns.map(({ meta_data: metadata }) => metadata?.path_in_schema.join('.'));
    if (paths.join() !== leaves) throw new Error('a group of rows has other columns than the schema');
  }
}

/** An open file and what its footer says. */
interface Table {
  readonly buffer: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly compressors: Compressors;
}

async function readColumn(table: Table, name: string, from: number, to: number): Promise<readonly unknown[]> {
  const { parquetRead } = await import('hyparquet');
  const { buffer: file, metadata, compressors } = table;
  const values: unknown[] = [];
  const onComplete = (rows: unknown[][]): void => {
    for (const [value] of rows) values.push(plainValue(value));
  };
  await parquetRead({ file, metadata, compressors, columns: [name], rowStart: from, rowEnd: to, onComplete });
  if (values.length === to - from) return values;
  throw new Error(`column ${JSON.stringify(name)} has ${values.length} values in rows ${from + 1} to ${to}`);
}

async function* readGroups(handle: FileHandle): AsyncGenerator<readonly RawRecord[]> {
  const { parquetMetadataAsync, parquetSchema } = await import('hyparquet');
  const buffer = await bufferOf(handle);
  if (buffer.byteLength < SHORTEST) throw new Error(`it has ${buffer.byteLength} bytes`);
  const metadata = await parquetMetadataAsync(buffer);
  const schema = parquetSchema(metadata);
  checkColumns(metadata, schema);
  const table = { buffer, metadata, compressors: await loadCompressors() };
  const names = schema.children.map(({ element }) => element.name);
  if (names.length === 0) throw new Error('it has no columns');
  let from = 0;
  for (const { num_rows: rows } of metadata.row_groups) {
    const to = from + Number(rows);
    const columns: (readonly unknown[])[] = [];
    // One after the other: of columns that are read at once, one that fails would leave the others' failures unhandled.
    for (const name of names) columns.push(await readColumn(table, name, from, to));
    yield Array.from({ length: to - from }, (_, row): RawRecord => {
      const cells = columns.map((values) => values[row]);
      return { kind: 'record', line: from + row + 1, fields: fieldsOf(cells, names) };
    });
    from = to;
  }
}

/** The records of a Parquet file, a group at a time; a record's line is its number. @throws DataFileError where it is broken */
export async function* parquetRecords(path: string): AsyncGenerator<readonly RawRecord[]> {
  const handle = await open(path);
  try {
    yield* readGroups(handle);
  } catch (error) {
    if (systemErrorCode(error) !== undefined) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataFileError(`cannot read ${path}: its Parquet data is broken (${reason}); fetch or make it anew`, {
      cause: error,
    });
  } finally {
    await handle.close();
  }
}
