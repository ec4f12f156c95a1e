import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError } from '@sentence-mtl/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DataFileError } from '../errors.ts';
import { collect } from '../read-rows.test.support.ts';
import { readRows } from '../read-rows.ts';
import type { Elements, EmbeddingRow } from './embedding-row.ts';
import { EMBEDDING_ENDINGS, openEmbeddingWriter } from './embeddings.ts';

const ARRAYS = { float32: Float32Array, int8: Int8Array, uint8: Uint8Array };
/** More than two groups of Parquet. */
const ROWS = 9000;

function row(index: number, elements: Elements = 'float32'): EmbeddingRow {
  return { text: `text ${index} é\n`, embedding: ARRAYS[elements].of(index / 7, -index, 0.1) };
}

function rows(from: number, to: number, elements?: Elements): readonly EmbeddingRow[] {
  return Array.from({ length: to - from }, (_, index) => row(from + index, elements));
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'embeddings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const SHAPE = { dimension: 3, elements: 'float32' } as const;

async function whole(name: string, count: number, elements: Elements = 'float32'): Promise<string> {
  const path = join(folder, name);
  const writer = await openEmbeddingWriter(path, { dimension: 3, elements });
  for (let from = 0; from < count; from += 700) {
    await writer.write(rows(from, Math.min(count, from + 700), elements));
  }
  await writer.finish();
  return path;
}

/** Files under way, as a kill would leave them after each write. */
async function snapshots(ending: string): Promise<readonly string[]> {
  const path = join(folder, `snapshot${ending}`);
  const writer = await openEmbeddingWriter(path, SHAPE);
  const copies: string[] = [];
  for (let from = 0; from < ROWS; from += 1500) {
    await writer.write(rows(from, from + 1500));
    const copy = join(folder, `killed-${from}${ending}`);
    for (const part of ['.partial', '.partial.json']) copyFileSync(`${path}${part}`, `${copy}${part}`);
    copies.push(copy);
  }
  await writer.leave();
  return copies;
}

async function resume(path: string): Promise<number> {
  const writer = await openEmbeddingWriter(path, SHAPE, { resume: true });
  await writer.write(rows(writer.rowsBefore, ROWS));
  await writer.finish();
  return writer.rowsBefore;
}

describe.each(EMBEDDING_ENDINGS)('%s', (ending) => {
  test('killed at any time and resumed, it has the same bytes: nothing lost, nothing twice', async () => {
    const expected = readFileSync(await whole(`expected${ending}`, ROWS));
    const before: number[] = [];
    for (const copy of await snapshots(ending)) {
      appendFileSync(`${copy}.partial`, 'torn'); // The beginning of a row or group.
      before.push(await resume(copy));
      expect(readFileSync(copy).equals(expected), copy).toBe(true);
    }
    const groups = [0, 0, 4096, 4096, 4096, 8192];
    expect(before).toEqual(ending === '.parquet' ? groups : [1500, 3000, 4500, 6000, 7500, 9000]);
    expect(readdirSync(folder).filter((name) => name.startsWith('killed') && name.includes('partial'))).toEqual([]);
  });

  test('a kill before the first row leaves nothing to go on with, and that is no error', async () => {
    const path = join(folder, `first${ending}`);
    const writer = await openEmbeddingWriter(path, SHAPE);
    await writer.leave();
    truncateSync(`${path}.partial`, 0);
    expect(await resume(path)).toBe(0);
    expect(readFileSync(path).equals(readFileSync(join(folder, `expected${ending}`)))).toBe(true);
  });

  test('is not resumed with embeddings of another shape, and takes none', async () => {
    const path = join(folder, `shape${ending}`);
    const writer = await openEmbeddingWriter(path, SHAPE);
    await expect(writer.write([{ text: 'a', embedding: Float32Array.of(1) }])).rejects.toThrow(ArgumentError);
    await expect(writer.write([row(0, 'int8')])).rejects.toThrow(
      'an embedding has 3 elements in a Int8Array; 3 of float32 are needed',
    );
    await writer.leave();
    const other = openEmbeddingWriter(path, { dimension: 4, elements: 'float32' }, { resume: true });
    await expect(other).rejects.toBeInstanceOf(DataFileError);
    await expect(other).rejects.toThrow('it was begun with dimension 3, and this run has 4');
  });
});

test('what is left on purpose is kept in Parquet too', async () => {
  const path = join(folder, 'left.parquet');
  const writer = await openEmbeddingWriter(path, SHAPE);
  await writer.write(rows(0, 10));
  await writer.leave();
  expect(await resume(path)).toBe(10);
  const columns = { labels: [] };
  const read = await collect(readRows(path, { columns }));
  expect(read.map((each) => each.kind === 'text' && each.text)).toEqual(rows(0, ROWS).map(({ text }) => text));
  expect(read[9]?.columns['embedding']).toEqual([...row(9).embedding]);
});

test('a name of no known format, and a dimension that is none, are refused', async () => {
  await expect(openEmbeddingWriter(join(folder, 'a.xyz'), SHAPE)).rejects.toThrow(
    /a\.xyz: embeddings are written to files that end in \.jsonl, \.npy, \.parquet, \.safetensors/,
  );
  await expect(openEmbeddingWriter(join(folder, 'a.npy'), { dimension: 0, elements: 'int8' })).rejects.toThrow(
    'the dimension of embeddings is 0; a whole number of at least 1 is needed',
  );
});

const python = process.env['SENTENCE_MTL_PYTHON'];
const READS = `
import json, sys
import numpy, pyarrow.parquet, safetensors.numpy
for base in sys.argv[1:]:
    matrix = numpy.load(base + ".npy")
    tensor = safetensors.numpy.load_file(base + ".safetensors")["embeddings"]
    table = pyarrow.parquet.read_table(base + ".parquet")
    stacked = [row for row in table["embedding"].to_pylist()]
    listed = [json.loads(line) for line in open(base + ".jsonl", encoding="utf-8")]
    assert table["text"].to_pylist() == [row["text"] for row in listed]
    for other in [tensor, stacked, [row["embedding"] for row in listed]]:
        assert (numpy.asarray(other, matrix.dtype).reshape(matrix.shape) == matrix).all()
    print(matrix.dtype, tensor.dtype, matrix.shape, table.schema.field("embedding").type)
`;

function hasLibraries(interpreter: string | undefined): interpreter is string {
  try {
    execFileSync(interpreter ?? '', ['-c', 'import numpy, pyarrow, safetensors'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const present = hasLibraries(python);
if (!present)
  console.log('SKIPPED files of embeddings in Python: SENTENCE_MTL_PYTHON lacks numpy, pyarrow or safetensors');

test.skipIf(!present)("Python's libraries read the same from all formats, of every kind of element", async () => {
  const counts = { float32: 5000, int8: 3, uint8: 0 } as const;
  for (const elements of ['float32', 'int8', 'uint8'] as const) {
    for (const ending of EMBEDDING_ENDINGS) await whole(`python-${elements}${ending}`, counts[elements], elements);
  }
  const bases = Object.keys(counts).map((elements) => join(folder, `python-${elements}`));
  const printed = execFileSync(python ?? '', ['-c', READS, ...bases], { encoding: 'utf8' });
  expect(printed.trim().split('\n')).toEqual([
    'float32 float32 (5000, 3) list<element: float not null>',
    'int8 int8 (3, 3) list<element: int8 not null>',
    'uint8 uint8 (0, 3) list<element: uint8 not null>',
  ]);
});
