// Reads single values out of config files, naming file and key where one is not what it should be.
import { ModelFileError } from '../errors.ts';
import type { JsonRecord } from '../files/read-json.ts';

function wrong(path: string, key: string, value: unknown, wanted: string): ModelFileError {
  const given = value === undefined ? 'missing' : JSON.stringify(value).slice(0, 80);
  return new ModelFileError(`${path}: ${key} is ${given}; ${wanted} is needed`);
}

/** A text, or undefined where the key is missing or null. @throws ModelFileError where it is something else */
export function optionalText(record: JsonRecord, key: string, path: string): string | undefined {
  const value = record[key] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw wrong(path, key, value, 'a text');
}

/** A whole number of at least 1, or undefined. @throws ModelFileError where it is something else */
export function optionalCount(record: JsonRecord, key: string, path: string): number | undefined {
  const value = record[key] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
  throw wrong(path, key, value, 'a whole number of at least 1');
}

/** The same, needed. */
export function count(record: JsonRecord, key: string, path: string): number {
  const value = optionalCount(record, key, path);
  if (value === undefined) throw wrong(path, key, value, 'a whole number of at least 1');
  return value;
}

/** True or false, with a default. @throws ModelFileError where it is something else */
export function flag(record: JsonRecord, key: string, otherwise: boolean, path: string): boolean {
  const value = record[key] ?? otherwise;
  if (typeof value === 'boolean') return value;
  throw wrong(path, key, value, 'true or false');
}
