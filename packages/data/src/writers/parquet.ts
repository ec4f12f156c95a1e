// The one room that imports hyparquet-writer, and only when a Parquet file is written. Rows go to the file in groups. The
// footer, which says where they are, comes last in a Parquet file; until then it stands in the journal, renewed with each
// group, so that a killed run is resumed behind the last whole group.
import { Buffer } from 'node:buffer';
import type * as HyparquetWriter from 'hyparquet-writer';
import type { ByteWriter, ParquetWriter, SchemaElement } from 'hyparquet-writer';
import { checkEmbedding, type EmbeddingRow, type EmbeddingShape } from './embedding-row.ts';
import { PartialFile } from './partial-file.ts';
import type { RowWriter, WriteOptions } from './row-writer.ts';

/** What the journal keeps. */
interface GroupState {
  /** The file is good so far. */
  readonly bytes: number;
  readonly rows: number;
  /** In base64. */
  readonly footer: string;
}

/** What a file begins with. */
const BEGINNING = 'PAR1';

const GROUP_ROWS = 4096;

function schemaOf({ elements }: EmbeddingShape): SchemaElement[] {
  const element: Omit<SchemaElement, 'name'> = {
    float32: { type: 'FLOAT' } as const,
    int8: { type: 'INT32', converted_type: 'INT_8' } as const,
    uint8: { type: 'INT32', converted_type: 'UINT_8' } as const,
  }[elements];
  return [
    { name: 'root', num_children: 2 },
    { name: 'text', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
    { name: 'embedding', converted_type: 'LIST', repetition_type: 'REQUIRED', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', ...element },
  ];
}

/** Encodes groups of rows, and the footer that tells of all of them. */
class GroupEncoder {
  readonly #library: typeof HyparquetWriter;
  readonly #schema: SchemaElement[];
  readonly #bytes: ByteWriter;
  readonly #writer: ParquetWriter;

  private constructor(library: typeof HyparquetWriter, schema: SchemaElement[]) {
    this.#library = library;
    this.#schema = schema;
    this.#bytes = new library.ByteWriter();
    this.#writer = this.#newWriter(this.#bytes);
  }

  /** @param state of a run before, whose groups stand in the file already */
  static async create(shape: EmbeddingShape, state: GroupState | undefined): Promise<GroupEncoder> {
    const encoder = new GroupEncoder(await import('hyparquet-writer'), schemaOf(shape));
    if (state === undefined) return encoder;
    const { parquetMetadata } = await import('hyparquet');
    const { row_groups: groups, num_rows: rows } = parquetMetadata(Buffer.from(state.footer, 'base64'));
    Object.assign(encoder.#writer, { row_groups: groups, num_rows: rows });
    Object.assign(encoder.#bytes, { index: 0, offset: state.bytes });
    return encoder;
  }

  #newWriter(writer: ByteWriter): ParquetWriter {
    const { ParquetWriter } = this.#library;
    return new ParquetWriter({ writer, schema: this.#schema, statistics: false, createdBy: 'sentence-mtl' });
  }

  /** The bytes of a group of rows; the first has the file's beginning before it. */
  async encode(rows: readonly EmbeddingRow[]): Promise<Uint8Array> {
    await this.#writer.write({
      columnData: [
        { name: 'text', data: rows.map(({ text }) => text), offsetIndex: false },
        {
          name: 'embedding',
          data: rows.map(({ embedding }) => Array.from(embedding)),
          encoding: 'PLAIN',
          codec: 'UNCOMPRESSED',
          offsetIndex: false,
        },
      ],
      rowGroupSize: rows.length,
    });
    const bytes = this.#bytes.getBytes().slice();
    this.#bytes.index = 0;
    return bytes;
  }

  /** The end of the file, with all groups so far. */
  async footer(): Promise<Uint8Array> {
    const bytes = new this.#library.ByteWriter();
    const writer = this.#newWriter(bytes);
    Object.assign(writer, { row_groups: this.#writer.row_groups, num_rows: this.#writer.num_rows });
    await writer.finish();
    return bytes.getBytes().slice(BEGINNING.length);
  }
}

/** Appends whole groups and notes each in the journal. */
class GroupWriter {
  readonly #file: PartialFile;
  readonly #encoder: GroupEncoder;
  #rows: number;
  #waiting: EmbeddingRow[] = [];

  constructor(file: PartialFile, encoder: GroupEncoder, rows: number) {
    this.#file = file;
    this.#encoder = encoder;
    this.#rows = rows;
  }

  async write(rows: readonly EmbeddingRow[]): Promise<void> {
    for (const row of rows) {
      this.#waiting.push(row);
      if (this.#waiting.length === GROUP_ROWS) await this.flush();
    }
  }

  async flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const rows = this.#waiting;
    this.#waiting = [];
    await this.#file.append(await this.#encoder.encode(rows));
    this.#rows += rows.length;
    const footer = Buffer.from(await this.#encoder.footer()).toString('base64');
    const state: GroupState = { bytes: this.#file.size, rows: this.#rows, footer };
    await this.#file.saveState(state);
  }

  async finish(): Promise<void> {
    await this.flush();
    if (this.#file.size === 0) await this.#file.append(new TextEncoder().encode(BEGINNING));
    await this.#file.append(await this.#encoder.footer());
    await this.#file.finish();
  }
}

/** Writes texts and embeddings (a list of numbers) as Parquet. */
export async function openParquetWriter(
  path: string,
  shape: EmbeddingShape,
  options: WriteOptions,
): Promise<RowWriter<EmbeddingRow>> {
  const file = await PartialFile.open(path, options);
  const state = file.state as GroupState | undefined;
  await file.truncate(state?.bytes ?? 0);
  const groups = new GroupWriter(file, await GroupEncoder.create(shape, state), state?.rows ?? 0);
  return {
    rowsBefore: state?.rows ?? 0,
    write: async (rows) => {
      for (const row of rows) checkEmbedding(row, shape);
      await groups.write(rows);
    },
    finish: () => groups.finish(),
    leave: async () => {
      await groups.flush();
      await file.leave();
    },
  };
}
