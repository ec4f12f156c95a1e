// How examples are cut into the batches of a run: a step's micro-batches, and the batches of an evaluation. Cutting never
// changes what is computed, only where it is computed.
import { batchesByLength } from '@sentence-mtl/tokenizer';
import type { ProgramStart } from '../program/program-start.ts';
import type { PreparedExamples } from './prepared-examples.ts';
import { byWidth } from './width.ts';

/** Examples that run together. */
export interface Cut {
  readonly examples: readonly number[];
  /** Tokens that each text is padded to; undefined takes the longest. */
  readonly width: number | undefined;
}

/** Rows of the heads' programs, which have no tokens. */
const EMBEDDED_ROWS = 1024;

const textCountOf = ({ firstText }: PreparedExamples, example: number): number =>
  (firstText[example + 1] ?? 0) - (firstText[example] ?? 0);

/** Examples in their order, as many together as keep texts × width within the budget. */
function withinBudget(
  prepared: PreparedExamples,
  examples: readonly number[],
  budget: number,
): readonly (readonly number[])[] {
  const cuts: number[][] = [];
  let [open, texts, longest] = [[] as number[], 0, 0];
  for (const example of examples) {
    const [more, length] = [textCountOf(prepared, example), Math.max(longest, prepared.lengths[example] ?? 0)];
    if (open.length > 0 && (texts + more) * length > budget) {
      cuts.push(open);
      [open, texts, longest] = [[], 0, 0];
    }
    open.push(example);
    texts += more;
    longest = Math.max(longest, prepared.lengths[example] ?? 0);
  }
  return open.length === 0 ? cuts : [...cuts, open];
}

/** The longest first, so that examples of like length stay together; equal ones in their order. */
const byLength = ({ lengths }: PreparedExamples, examples: readonly number[]): readonly number[] =>
  examples.toSorted((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0));

/**
 * The micro-batches of a step.
 *
 * @param tokenBudget the most tokens, padding included, of a micro-batch; undefined where the step may not be cut
 */
export function cutStep(
  prepared: PreparedExamples,
  examples: readonly number[],
  start: ProgramStart,
  tokenBudget: number | undefined,
): readonly Cut[] {
  if (start.kind === 'embedding') return [{ examples, width: undefined }];
  const groups: readonly Cut[] =
    start.kind === 'layer'
      ? [...byWidth(examples, prepared.lengths)].map(([width, group]) => ({ examples: group, width }))
      : [{ examples, width: undefined }];
  if (tokenBudget === undefined) return groups;
  return groups.flatMap(({ examples: group, width }) =>
    withinBudget(prepared, byLength(prepared, group), tokenBudget).map((cut) => ({ examples: cut, width })),
  );
}

/** The batches of an evaluation of examples. */
export function cutEvaluation(
  prepared: PreparedExamples,
  examples: readonly number[],
  start: ProgramStart,
  tokenBudget: number,
): readonly Cut[] {
  if (start.kind === 'layer') return cutStep(prepared, examples, start, tokenBudget);
  if (start.kind === 'embedding') {
    const count = Math.ceil(examples.length / EMBEDDED_ROWS);
    return Array.from({ length: count }, (_, cut) => {
      return { examples: examples.slice(cut * EMBEDDED_ROWS, (cut + 1) * EMBEDDED_ROWS), width: undefined };
    });
  }
  const tokens = examples.map((example) => (prepared.lengths[example] ?? 0) * textCountOf(prepared, example));
  return batchesByLength(tokens, { tokenBudget }).batches.map((rows) => {
    return { examples: rows.flatMap((row) => examples[row] ?? []), width: undefined };
  });
}
