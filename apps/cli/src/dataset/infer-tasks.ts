// Which tasks rows have, and of which kinds, by what stands in their labels. Nothing is guessed silently: each decision
// carries its reason, and so does each column that is left out.
import { nearestMatch } from '@sentence-mtl/core';
import { collectedLabels, type LabelSets, type TagSeparator, type TaskCounts } from '@sentence-mtl/data';
import {
  checkTaskName,
  classification,
  multiLabel,
  pairClassification,
  pairSimilarity,
  regression,
  TaskConfigError,
  type Task,
} from '@sentence-mtl/heads';
import { UsageError } from '../command-line/errors.ts';
import type { Settings } from '../config/settings.ts';
import type { LabelEvidence } from './label-evidence.ts';
import { lookOfLabels, type Kind, type Look } from './look-of-labels.ts';
import { tagColumn } from './tag-columns.ts';

/** A task and why it is one. */
export interface InferredTask {
  readonly name: string;
  readonly task: Task;
  /** Rows with a label. */
  readonly rows: number;
  readonly reason: string;
  /** What separates the labels in a cell, where one has several. */
  readonly separator?: TagSeparator;
}

/** A column that is not learnt, and why. */
export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

export interface InferredTasks {
  readonly tasks: readonly InferredTask[];
  readonly leftOut: readonly LeftOut[];
}

/** Ranges that scores commonly have, the narrowest first. */
const SCORE_RANGES = [
  [0, 1],
  [-1, 1],
  [0, 5],
  [1, 5],
  [0, 10],
  [0, 100],
] as const;

function nameProblem(name: string): string | undefined {
  try {
    checkTaskName(name);
    return undefined;
  } catch (error) {
    if (error instanceof TaskConfigError) return `${error.message}; rename the column to learn it`;
    throw error;
  }
}

/** Whether a task's labels are of pairs. @throws UsageError where they are of single texts too */
function isOfPairs(name: string, { kind, otherKind }: TaskCounts): boolean {
  if (otherKind === undefined) return kind === 'pair';
  const { file, line } = otherKind;
  throw new UsageError(`${file}:${line}: task ${name} has labels of single texts and of pairs; give them two names`);
}

/** What a task with these labels is for rows of one text, or of two. */
function taskOf(name: string, kind: Kind, labels: readonly string[], isPair: boolean): Task {
  switch (kind) {
    case 'classification':
      return isPair ? pairClassification(labels) : classification(labels);
    case 'multi-label':
    case 'regression':
      if (isPair) throw new UsageError(`task ${name} is ${kind}, which reads one text, but its rows are pairs`);
      return kind === 'regression' ? regression({ standardize: true }) : multiLabel(labels);
  }
}

function scoreTask({ scores }: LabelEvidence, sets: LabelSets | undefined): InferredTask | undefined {
  const { count, least, most } = scores;
  if (count === 0) return undefined;
  const common = SCORE_RANGES.find(([low, high]) => least >= low && most <= high);
  const range = sets?.score === undefined ? (common ?? [least, most]) : [sets.score.min, sets.score.max];
  const [low = 0, high = 1] = range;
  const reason = `scores of pairs from ${least} to ${most}, on a scale from ${low} to ${high}`;
  return { name: 'score', task: pairSimilarity({ range: [low, high] }), rows: count, reason };
}

function checkAsked(asked: NonNullable<Settings['tasks']>, names: readonly string[]): void {
  const unknown = Object.keys(asked).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const nearest = nearestMatch(unknown, names);
  const hint = nearest === undefined ? `the data has ${names.join(', ')}` : `is ${nearest} meant?`;
  throw new UsageError(`there are no labels for task ${unknown}; ${hint}`);
}

interface InferenceOptions {
  /** The tasks to learn; null for all that look like tasks. */
  readonly asked: Settings['tasks'];
  readonly sets: LabelSets | undefined;
  readonly tagSeparator: Settings['tagSeparator'];
}

type Wanted = NonNullable<Settings['tasks']>[string] | undefined;

const separatedBy = (separator: TagSeparator | undefined): string =>
  separator === undefined ? '' : `, in cells separated by ${separator === 'json' ? 'JSON' : JSON.stringify(separator)}`;

function decide(name: string, counts: TaskCounts, wanted: Wanted, { asked, sets }: InferenceOptions): Look {
  if (asked !== null && wanted === undefined) return { reason: 'not among the tasks asked for' };
  if (counts.rows === 0) return { reason: 'it has no labels' };
  const problem = nameProblem(name);
  if (problem !== undefined) return { reason: problem };
  if (wanted !== undefined && wanted !== 'inferred') return { kind: wanted, reason: 'as asked for' };
  const fixed = sets?.tasks.get(name);
  if (fixed !== undefined) {
    const kind = counts.forms.list > 0 ? 'multi-label' : 'classification';
    return { kind, reason: `${fixed.length} labels, as the file of labels says` };
  }
  return lookOfLabels(counts);
}

/** Labels that a file gives of tasks that no row has: a name that is typed wrong would fix nothing, and nobody would know. */
function unusedLabels(sets: LabelSets | undefined, columns: readonly string[]): readonly LeftOut[] {
  const unused = [...(sets?.tasks.keys() ?? [])].filter((name) => !columns.includes(name));
  return unused.map((name) => {
    const nearest = nearestMatch(name, columns);
    const hint = nearest === undefined ? '' : `; is ${nearest} meant?`;
    return { name, reason: `the file of labels has it, and no row a label of it${hint}` };
  });
}

/** What stands beside the texts, of rows without labels, is what somebody took for their labels. */
function nothingToLearn(leftOut: readonly LeftOut[], others: readonly string[]): UsageError {
  const [name] = others;
  const form = `{"text": …, "labels": {${JSON.stringify(name)}: …}}`;
  const beside = `; ${others.join(', ')} beside the text are no labels, which JSON Lines has in "labels": ${form}`;
  const reasons = leftOut.map((each) => `\n  ${each.name}: ${each.reason}`).join('');
  return new UsageError(
    `there is nothing to learn: no column looks like labels${leftOut.length === 0 && name !== undefined ? beside : reasons}`,
  );
}

/**
 * The tasks of training rows.
 *
 * @throws UsageError where a task is asked for that has no labels, or nothing is left to learn
 */
export function inferTasks(evidence: LabelEvidence, options: InferenceOptions): InferredTasks {
  const { asked, sets, tagSeparator } = options;
  const { counts } = evidence;
  const score = scoreTask(evidence, sets);
  if (asked !== null) checkAsked(asked, [...counts.keys(), ...(score === undefined ? [] : [score.name])]);
  const tasks: InferredTask[] = [];
  const leftOut: LeftOut[] = [];
  for (const [name, cells] of counts) {
    const wanted = asked !== null && Object.hasOwn(asked, name) ? asked[name] : undefined;
    const fixed = sets?.tasks.get(name);
    const { counts: own, separator } = tagColumn(cells, { kind: wanted, labels: fixed, tagSeparator });
    const decision = decide(name, own, wanted, options);
    if ('kind' in decision) {
      const { kind } = decision;
      const labels = kind === 'regression' ? [] : (fixed ?? collectedLabels(name, own));
      tasks.push({
        name,
        task: taskOf(name, kind, labels, isOfPairs(name, own)),
        rows: own.rows,
        reason: `${decision.reason}${separatedBy(separator)}`,
        ...(separator !== undefined && { separator }),
      });
    } else leftOut.push({ name, reason: decision.reason });
  }
  leftOut.push(...unusedLabels(sets, [...counts.keys()]));
  if (score !== undefined && (asked === null || Object.hasOwn(asked, score.name))) tasks.push(score);
  if (tasks.length > 0) return { tasks, leftOut };
  throw nothingToLearn(leftOut, evidence.others);
}
