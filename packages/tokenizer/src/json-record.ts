import { describeValue } from '@sentence-mtl/core';
import { TokenizerFileError } from './errors.ts';

/** A parsed JSON object, nothing in it checked yet. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object. @throws TokenizerFileError where it is something else */
export function asRecord(value: unknown, where: string): JsonRecord {
  if (isRecord(value)) return value;
  throw new TokenizerFileError(`${where} is ${describeValue(value)}; an object is needed`);
}

/** The value as a list. @throws TokenizerFileError where it is something else */
export function asList(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TokenizerFileError(`${where} is ${describeValue(value)}; a list is needed`);
}

/** The value as a string. @throws TokenizerFileError where it is something else */
export function asString(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  throw new TokenizerFileError(`${where} is ${describeValue(value)}; a string is needed`);
}

/** Whether a value is a token id or another count. */
export const isIndex = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31;

/** The value as a token id or another count. @throws TokenizerFileError where it is something else */
export function asIndex(value: unknown, where: string): number {
  if (isIndex(value)) return value;
  throw new TokenizerFileError(`${where} is ${describeValue(value)}; a whole number from 0 to 2147483647 is needed`);
}
