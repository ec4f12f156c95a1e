import type { FreezingRow, FreezingTable } from './freezing-table.ts';

const HEADINGS = ['group', 'parameters', 'train', 'learning rate', 'weight decay', 'thaws'];
/** Columns of numbers are set flush right. */
const NUMBERS = new Set([1, 2]);

const count = (number: number): string => number.toLocaleString('en');

function rate(number: number): string {
  const rounded = Number(number.toPrecision(3));
  return rounded !== 0 && rounded < 1e-3 ? rounded.toExponential() : String(rounded);
}

function cellsOf({ group, parameterCount, trainedCount, ...row }: FreezingRow): readonly string[] {
  const [low, high] = [row.learningRates[0], row.learningRates.at(-1)];
  const rates =
    low === undefined || high === undefined ? '–' : low === high ? rate(low) : `${rate(low)} to ${rate(high)}`;
  const decays = row.weightDecays.map(rate).join(', ') || '–';
  return [group, count(parameterCount), count(trainedCount), rates, decays, row.thaws.join('; ')];
}

/** A table of freezing as plain text. */
export function printFreezing({ strategy, rows, parameterCount, trainedCount, sharedLayers }: FreezingTable): string {
  const share = parameterCount === 0 ? 0 : (100 * trainedCount) / parameterCount;
  const cells = [HEADINGS, ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) => {
    const padded = row.map((cell, i) => {
      return NUMBERS.has(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0);
    });
    return padded.join('  ').trimEnd();
  });
  return [
    strategy,
    '',
    ...lines,
    '',
    `${count(trainedCount)} of ${count(parameterCount)} parameters train from the first step on (${share.toFixed(1)} %)`,
    ...(sharedLayers ? ['All layers share the parameters of layers.0.'] : []),
    '',
  ].join('\n');
}
