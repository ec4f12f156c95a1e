// The header of a safetensors file: 8 bytes of length, then JSON with dtype, shape and place of each tensor. All of it
// is checked against the size of the file before a byte of data is read or allocated.
import { ModelFileError } from '../errors.ts';
import { isRecord, type JsonRecord } from '../files/read-json.ts';
import { bytesOf, isSafetensorsType, type SafetensorsType } from './data-type.ts';
import { duplicateKey } from './duplicate-key.ts';

/** Where and what a tensor is. */
export interface TensorPlace {
  readonly dtype: SafetensorsType;
  readonly shape: readonly number[];
  /** Its first byte and the one after its last, from the start of the file. */
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** By name, in the order of the data. */
  readonly tensors: ReadonlyMap<string, TensorPlace>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The reference implementation refuses longer headers. */
export const LONGEST_HEADER = 100_000_000;

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && typeof value === 'number' && value >= 0;
}

function sizesOf(value: unknown): readonly number[] | undefined {
  return Array.isArray(value) && value.every(isSize) ? value : undefined;
}

/** @throws ModelFileError where the entry is malformed or its bytes are not those of its shape */
function parseEntry(name: string, entry: unknown, dataStart: number, path: string): TensorPlace {
  const record: JsonRecord = isRecord(entry) ? entry : {};
  const { dtype } = record;
  const [shape, offsets] = [sizesOf(record['shape']), sizesOf(record['data_offsets'])];
  const [begin, end] = offsets ?? [];
  if (!isSafetensorsType(dtype))
    throw new ModelFileError(`${path}: tensor "${name}" has the unknown dtype ${JSON.stringify(dtype)}`);
  if (shape === undefined || begin === undefined || end === undefined || offsets?.length !== 2 || begin > end) {
    throw new ModelFileError(`${path}: tensor "${name}" has a broken shape or broken data_offsets`);
  }
  const bytes = shape.reduce((product, size) => product * size, bytesOf(dtype));
  if (bytes !== end - begin) {
    throw new ModelFileError(
      `${path}: tensor "${name}" of shape (${shape.join(', ')}) and dtype ${dtype} has ${bytes} bytes, but its offsets span ${end - begin}`,
    );
  }
  return { dtype, shape, begin: dataStart + begin, end: dataStart + end };
}

/** Tensors must fill the data part without gap or overlap, as the reference implementation demands. */
function checkPlaces(
  places: readonly (readonly [string, TensorPlace])[],
  dataStart: number,
  fileBytes: number,
  path: string,
): void {
  let end = dataStart;
  let before = 'the header';
  for (const [name, place] of places) {
    if (place.end > fileBytes) {
      throw new ModelFileError(
        `${path} is cut off: tensor "${name}" ends at byte ${place.end}, the file has ${fileBytes}; fetch or copy it again`,
      );
    }
    if (place.begin < end) throw new ModelFileError(`${path}: tensor "${name}" overlaps ${before}`);
    if (place.begin > end)
      throw new ModelFileError(`${path}: ${place.begin - end} bytes before tensor "${name}" belong to no tensor`);
    [end, before] = [place.end, `tensor "${name}"`];
  }
  if (end !== fileBytes)
    throw new ModelFileError(`${path}: ${fileBytes - end} bytes after the last tensor belong to none`);
}

function parseMetadata(value: unknown, path: string): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return {};
  const entries = isRecord(value) ? Object.entries(value) : [['', undefined] as const];
  const texts = entries.flatMap(([key, text]) => (typeof text === 'string' ? [[key, text] as const] : []));
  if (texts.length === entries.length) return Object.fromEntries(texts);
  throw new ModelFileError(`${path}: __metadata__ of the header is not an object of strings`);
}

function parseJson(json: string, path: string): JsonRecord {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new ModelFileError(`${path}: the header is not JSON; this is no safetensors file, or a broken one`, {
      cause: error,
    });
  }
  if (!isRecord(value)) throw new ModelFileError(`${path}: the header is not a JSON object`);
  const twice = duplicateKey(json);
  if (twice === undefined) return value;
  throw new ModelFileError(`${path}: tensor "${twice}" stands twice in the header`);
}

/** The length of the header. @throws ModelFileError where the file cannot hold it */
export function checkHeaderLength(length: bigint, fileBytes: number, path: string): number {
  if (length <= BigInt(LONGEST_HEADER) && length <= BigInt(Math.max(0, fileBytes - 8))) return Number(length);
  const limit = length > BigInt(LONGEST_HEADER) ? `at most ${LONGEST_HEADER} are allowed` : `the file has ${fileBytes}`;
  throw new ModelFileError(
    `${path}: its header claims ${length} bytes, but ${limit}; this is no safetensors file, or a broken one`,
  );
}

/**
 * @param json the header's text
 * @param dataStart where the data begins in the file
 * @throws ModelFileError naming file, tensor and what is wrong
 */
export function parseHeader(json: string, dataStart: number, fileBytes: number, path: string): SafetensorsHeader {
  const { __metadata__: metadata, ...entries } = parseJson(json, path);
  const places = Object.entries(entries)
    .map(([name, entry]) => [name, parseEntry(name, entry, dataStart, path)] as const)
    .toSorted(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  checkPlaces(places, dataStart, fileBytes, path);
  return { tensors: new Map(places), metadata: parseMetadata(metadata, path) };
}
