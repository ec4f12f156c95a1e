import { sizeText } from './size-text.ts';

/** How far some work is. */
export interface ProgressState {
  /** What is done: `encoding`, `downloading model.safetensors`. */
  readonly label: string;
  readonly unit: ProgressUnit;
  readonly done: number;
  /** Where the count began: an earlier run did the rest, which says nothing about the rate. */
  readonly first: number;
  readonly total: number | undefined;
  readonly seconds: number;
}

/** A noun in the plural for things that are counted, `bytes` for sizes. */
export type ProgressUnit = 'bytes' | (string & {});

const counted = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const measured = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A count of things, or a size. */
export function amountText(amount: number, unit: ProgressUnit): string {
  return unit === 'bytes' ? sizeText(amount) : counted.format(amount);
}

/** `1 step`, `1,200 steps`: a count of what has a regular plural. */
export function countText(count: number, noun: string): string {
  return `${amountText(count, noun)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}

/** A rate of less than ten a second keeps a decimal. */
export function rateText(rate: number, unit: ProgressUnit): string {
  if (unit === 'bytes') return `${sizeText(Math.round(rate))}/s`;
  return `${rate < 10 ? measured.format(rate) : counted.format(rate)}/s`;
}

/** `encoding  1,200 of 4,800 rows (25 %)  640/s  6 s left`, without what is not known yet. */
export function progressLine({ label, unit, done, first, total, seconds }: ProgressState): string {
  const noun = unit === 'bytes' ? '' : ` ${unit}`;
  const rate = seconds > 0 ? (done - first) / seconds : 0;
  const amount =
    total === undefined
      ? `${amountText(done, unit)}${noun}`
      : `${amountText(done, unit)} of ${amountText(total, unit)}${noun} (${Math.floor((done / Math.max(total, 1)) * 100)} %)`;
  const left = total === undefined || rate === 0 ? [] : [`${durationText((total - done) / rate)} left`];
  return [label, amount, ...(rate === 0 ? [] : [rateText(rate, unit)]), ...left].join('  ');
}
