import { describeValue } from '@sentence-mtl/core';
import { z, type ZodType } from 'zod';
import { TaskConfigError } from './errors.ts';
import { labelNameProblems } from './names.ts';
import { checkedBySchema, hint } from './schema-problems.ts';
import type { LabelProblem } from './task-kind.ts';

/** A number for some labels, by their names. */
export type PerLabel<L extends string> = Readonly<Partial<Record<L, number>>>;

/** The labels of a task, in the order of its outputs. */
export interface LabelSet<L extends string = string> {
  readonly labels: readonly L[];
  /** What a label means, for people. */
  readonly descriptions: Readonly<Partial<Record<L, string>>>;
}

/** Far more than any task has; a list that is longer is something else. */
const MOST_LABELS = 2 ** 20;

export const labelsSchema = (least: number): ZodType<readonly string[]> =>
  z
    .array(z.string())
    .min(least)
    .max(MOST_LABELS)
    .superRefine((labels, context) => {
      for (const { index, problem } of labelNameProblems(labels)) {
        context.addIssue({ code: 'custom', message: problem, path: [index] });
      }
    });

export const descriptionsSchema: ZodType<Readonly<Record<string, string>>> = z
  .record(z.string(), z.string())
  .default({});

export const perLabelSchema = (value: z.ZodNumber): z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodNumber>> =>
  z.record(z.string(), value).default({});

/** Adds an issue for each key of a setting that is none of the labels. */
export function checkLabelKeys(
  labels: readonly string[],
  setting: Readonly<Record<string, unknown>>,
  path: readonly string[],
  context: z.core.$RefinementCtx,
): void {
  const known = new Set(labels);
  for (const key of Object.keys(setting).filter((each) => !known.has(each))) {
    const message = `is for a label that the task does not have${hint(key, labels)}`;
    context.addIssue({ code: 'custom', message, path: [...path, key] });
  }
}

/** A number for each label, in their order; `fallback` for those without one. */
export function inLabelOrder(labels: readonly string[], values: PerLabel<string>, fallback: number): readonly number[] {
  return labels.map((label) => values[label] ?? fallback);
}

/** The number of a label. Numbers and booleans, as data files have them, are spelled out. */
export function labelIndex(value: unknown, labels: readonly string[]): number | LabelProblem {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  const index = typeof text === 'string' ? labels.indexOf(text) : -1;
  if (index >= 0) return index;
  const one = `one of its ${labels.length} labels`;
  return { problem: `${describeValue(value)} is not ${one}${hint(text, labels)}` };
}

/**
 * The labels in the parsed content of a labels file: a list of texts.
 *
 * @param source names the file in messages
 * @throws TaskConfigError that lists what is wrong: duplicates, a single label, what is no text or cannot be a name
 */
export function parseLabels(json: unknown, source: string): readonly string[] {
  const checked = checkedBySchema(labelsSchema(2), json);
  if ('value' in checked) return checked.value;
  throw new TaskConfigError(checked.problems.map((problem) => `${source}: ${problem}`).join('\n'));
}
