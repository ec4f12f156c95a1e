// The labels that each task has: as a labels.json says, or as the training rows have them.
import { readFile } from 'node:fs/promises';
import { ArgumentError, describeValue, explainSystemError } from '@sentence-mtl/core';
import { DataFileError } from '../errors.ts';
import { structureProblem } from '../records/json-structure.ts';
import { isNumeric, type TaskCounts } from './label-counts.ts';

/** The range of the scores of pairs. */
export interface ScoreRange {
  readonly min: number;
  readonly max: number;
}

export interface LabelSets {
  /** The labels of each task that has some, in the order of its outputs. */
  readonly tasks: ReadonlyMap<string, readonly string[]>;
  readonly score?: ScoreRange;
}

type JsonObject = Readonly<Record<string, unknown>>;

const FORM = '{"tasks": {"<task>": ["<label>", …], …}, "score": {"min": 0, "max": 5}}, where "score" may be left out';

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function taskLabels(task: string, value: unknown, source: string): readonly string[] {
  const of = `${source}: the labels of task ${JSON.stringify(task)}`;
  if (!Array.isArray(value) || value.length === 0) {
    throw new DataFileError(`${of} are ${describeValue(value)}; a list of texts is needed`);
  }
  const labels = value.map((label: unknown) => {
    if (typeof label === 'string' && label !== '') return label;
    throw new DataFileError(
      `${of} have ${describeValue(label)} among them; each must be a text, also where it is a number`,
    );
  });
  const twice = labels.find((label, index) => labels.indexOf(label) !== index);
  if (twice === undefined) return labels;
  throw new DataFileError(`${of} have ${JSON.stringify(twice)} twice; keep one`);
}

function scoreRange(value: unknown, source: string): ScoreRange {
  if (isObject(value)) {
    const { min, max } = value;
    if (typeof min === 'number' && typeof max === 'number' && min < max) return { min, max };
  }
  throw new DataFileError(
    `${source}: "score" is ${describeValue(value)}; {"min": …, "max": …} is needed, in this order of size`,
  );
}

/** The label sets in the parsed content of a labels file. @throws DataFileError where they are of another form */
export function parseLabelSets(json: unknown, source: string): LabelSets {
  if (!isObject(json)) throw new DataFileError(`${source} holds ${describeValue(json)}; it must be ${FORM}`);
  const unknown = Object.keys(json).find((key) => key !== 'tasks' && key !== 'score');
  if (unknown !== undefined) {
    throw new DataFileError(`${source} has a key ${JSON.stringify(unknown)}; it must be ${FORM}`);
  }
  const { tasks = {}, score } = json;
  if (!isObject(tasks)) throw new DataFileError(`${source}: "tasks" is ${describeValue(tasks)}; it must be ${FORM}`);
  const sets = Object.entries(tasks).map(([task, labels]) => [task, taskLabels(task, labels, source)] as const);
  if (sets.length === 0 && score === undefined) throw new DataFileError(`${source} has no task; it must be ${FORM}`);
  return { tasks: new Map(sets), ...(score === undefined ? {} : { score: scoreRange(score, source) }) };
}

/** The label sets of a labels.json. @throws DataFileError where it cannot be read or is of another form */
export async function readLabelSets(path: string): Promise<LabelSets> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new DataFileError(`cannot read ${path}: ${explainSystemError(error)}`, { cause: error });
  });
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataFileError(`${path} is no JSON: ${reason}`, { cause: error });
  }
  const problem = structureProblem(text);
  if (problem !== undefined) throw new DataFileError(`${path}: ${problem}`);
  return parseLabelSets(json, path);
}

/**
 * The labels that rows have of a task, in an order that does not depend on that of the rows: numbers by size, others as
 * their UTF-16 units sort.
 *
 * @throws ArgumentError where there are too many to be labels
 */
export function collectedLabels(task: string, { labels, isOpen }: TaskCounts): readonly string[] {
  if (isOpen) {
    throw new ArgumentError(
      `task ${JSON.stringify(task)} has more than ${labels.size} labels; are they texts or numbers?`,
    );
  }
  const all = [...labels.keys()].toSorted();
  return all.every(isNumeric) ? all.toSorted((a, b) => Number(a) - Number(b)) : all;
}
