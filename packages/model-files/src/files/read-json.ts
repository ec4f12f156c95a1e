import { readFile } from 'node:fs/promises';
import { explainSystemError, systemErrorCode } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';

/** A parsed JSON object, nothing in it checked yet. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a file, or undefined where there is none. @throws ModelFileError where it cannot be read */
export async function readTextIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw new ModelFileError(`cannot read ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ModelFileError(`${path} is not JSON: ${reason}`, { cause: error });
  }
}

/** The parsed content of a JSON file, or undefined where there is none. @throws ModelFileError where it is broken */
export async function readJsonIfPresent(path: string): Promise<unknown> {
  const text = await readTextIfPresent(path);
  return text === undefined ? undefined : parse(text, path);
}

/** The object in a JSON file. @throws ModelFileError where it is missing, broken or something else */
export async function readJsonObject(path: string): Promise<JsonRecord> {
  const value = await readJsonIfPresent(path);
  if (value === undefined) throw new ModelFileError(`cannot read ${path}: it does not exist`);
  if (isRecord(value)) return value;
  throw new ModelFileError(`${path} does not hold a JSON object`);
}
