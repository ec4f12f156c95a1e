// `onnx/export.json` says which graphs a folder has and how they were made: programs need not open them to know, and a
// later export knows what it may write over.
import { join } from 'node:path';
import { GRAPH_FOLDER, ModelFileError, readJsonIfPresent, writeAtomically } from '@sentence-mtl/model-files';
import type { ExportPrecision } from './precision.ts';
import type { QuantizationRecord } from './quantization/quantization-record.ts';

const MANIFEST = 'export.json';
const FORMAT = 1;

/** A graph in a folder. */
export interface GraphRecord {
  /** Its name below `onnx/`. */
  readonly file: string;
  readonly precision: ExportPrecision;
  readonly opset: number;
  readonly bytes: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Of a graph in int8: what was measured when it was made. */
  readonly quantization?: QuantizationRecord;
}

export interface ExportManifest {
  /** Whether the folder was written by an export as a whole, and may be by another; else it is the model itself. */
  readonly copy: boolean;
  readonly graphs: readonly GraphRecord[];
}

const pathOf = (folder: string): string => join(folder, GRAPH_FOLDER, MANIFEST);

/**
 * What a folder has of exports; undefined where there are none.
 *
 * @throws ModelFileError where it is not to be understood
 */
export async function readExportManifest(folder: string): Promise<ExportManifest | undefined> {
  const path = pathOf(folder);
  const value = await readJsonIfPresent(path);
  if (value === undefined) return undefined;
  const { formatVersion, copy, graphs } = (value ?? {}) as Partial<ExportManifest> & {
    readonly formatVersion?: unknown;
  };
  if (formatVersion === FORMAT && Array.isArray(graphs)) return { copy: copy === true, graphs };
  throw new ModelFileError(
    `${path} has the format version ${JSON.stringify(formatVersion) ?? 'none'}; this one reads version ${FORMAT}: remove the folder ${GRAPH_FOLDER} to export anew`,
  );
}

/** @throws ModelFileError where it cannot be written */
export async function writeExportManifest(folder: string, manifest: ExportManifest): Promise<void> {
  const text = JSON.stringify({ formatVersion: FORMAT, ...manifest }, null, 2);
  await writeAtomically(pathOf(folder), `${text}\n`);
}
