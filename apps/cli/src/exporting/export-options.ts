import { relative } from 'node:path';
import type { OnnxTarget } from '@sentence-mtl/onnx';
import type { CommandContext } from '../command-line/command-context.ts';
import { UsageError } from '../command-line/errors.ts';
import { askedPrecisions } from './asked-precisions.ts';

/** What a command line says of an export. */
export interface ExportValues {
  readonly model: string;
  readonly out: string | undefined;
  readonly precision: string;
  readonly tasks: string | undefined;
  readonly probabilities: boolean;
  readonly as: 'sequence-classification' | undefined;
  readonly task: string | undefined;
  readonly opset: '17' | '20' | undefined;
  readonly fused: boolean;
  readonly to: 'python' | undefined;
  readonly data: readonly string[] | undefined;
  readonly textColumn: string;
  readonly maxDrift: number | undefined;
  readonly reduceRange: boolean;
}

/** @throws UsageError for a precision that there is not, and for what is said of int8 where no graph is in int8 */
function checkQuantizationUsage({ precision, data, maxDrift, reduceRange, to }: ExportValues): void {
  const isInt8 = askedPrecisions(precision).includes('int8');
  if (to === undefined && isInt8) return;
  const given = [data && '--data', maxDrift !== undefined && '--max-drift', reduceRange && '--reduce-range'];
  const names = given.filter((name) => typeof name === 'string');
  if (names.length === 0) return;
  throw new UsageError(`${names.join(', ')}: for graphs in int8 only; ask for one with --precision int8`);
}

/** @throws UsageError where options contradict each other */
export function checkExportUsage(values: ExportValues): void {
  checkQuantizationUsage(values);
  const { as, task, tasks, probabilities, out, opset, fused, to } = values;
  if (to !== undefined && [as, task, tasks, opset, probabilities || undefined, fused || undefined].some(Boolean)) {
    throw new UsageError(`--to ${to} writes a script and no graph; leave what is said of one out`);
  }
  if (as === undefined && task !== undefined) {
    throw new UsageError('--task is for --as sequence-classification; --tasks says which tasks a graph has');
  }
  if (as === undefined) return;
  if (task === undefined) throw new UsageError(`--as ${as} is of one task: name it with --task`);
  if (tasks !== undefined || probabilities) {
    throw new UsageError(`--as ${as} has the logits of --task only; leave --tasks and --probabilities out`);
  }
  if (out === undefined) throw new UsageError(`--as ${as} writes another model: name its folder with --out`);
}

/** @throws UsageError where options contradict each other */
export function exportTarget({ opset, fused }: ExportValues): OnnxTarget {
  if (fused && opset === '17') throw new UsageError('--fused is for opset 20; leave --opset 17 out');
  if (fused) return 'runtime';
  return opset === '20' ? 'portable-20' : 'portable';
}

/**
 * The folder that an export is written to; undefined where that is the model's own.
 *
 * @param folder of the model
 * @throws UsageError where the model's own is not the user's to change
 */
export function exportFolder(
  folder: string,
  { model, out, as }: ExportValues,
  { resolve }: CommandContext,
): string | undefined {
  const isOwn = folder === resolve(model);
  if (out !== undefined) {
    const isSame = relative(folder, resolve(out)) === '';
    return isOwn && isSame && as === undefined ? undefined : resolve(out);
  }
  if (isOwn) return undefined;
  throw new UsageError(`--out is needed: ${model} is not a folder of yours, so what is exported goes into another`);
}
