import { describeValue } from '@sentence-mtl/core';
import type { LabelValue } from '../row.ts';

function isPlainLabel(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

/** A label as it stands in the file; an empty cell is a missing label. */
export function toLabel(value: unknown): LabelValue | undefined {
  if (value === null || value === undefined || value === '') return null;
  if (isPlainLabel(value) || typeof value === 'boolean') return value;
  return Array.isArray(value) && value.every(isPlainLabel) ? value : undefined;
}

export function labelProblem(task: string, value: unknown): string {
  const given = typeof value === 'number' ? `${value}` : describeValue(value);
  return `the label of task ${JSON.stringify(task)} is ${given}; a string, a number, true, false, null or a list of strings is needed`;
}
