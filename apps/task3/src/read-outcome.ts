// What a scenario implies, and when to choose it, read from what was measured: nothing here is known beforehand.
import type { JobResult } from './job.ts';
import type { Measured } from './measure-tasks.ts';
import { GENERAL, OLD_TASK, WHOLLY_TRAINED, type Scenario } from './scenarios.ts';

/** A scenario and what came of it. */
export interface Outcome extends JobResult {
  readonly scenario: Scenario;
}

export interface Reading {
  readonly implies: string;
  readonly choose: string;
}

/** The scenarios of one domain, in which everything frozen stands for the model before. */
export interface Comparison {
  readonly outcomes: readonly Outcome[];
  readonly before: Outcome;
}

const percent = (share: number): string =>
  `${share < 0.01 ? Number((share * 100).toPrecision(2)) : (share * 100).toFixed(1)} %`;
const points = (share: number): string => `${Math.abs(share * 100).toFixed(1)} points`;
const times = (factor: number): string => (factor < 10 ? factor.toFixed(1) : factor.toFixed(0));

/**
 * Differences of two accuracies on the same rows below this are noise: two standard errors of the mean difference of a
 * row. The rows on which one is right and the other wrong tell it (McNemar, 1947); one more of them is counted than there
 * are, so that none does not count as certainty.
 */
export function uncertainty(a: Measured, b: Measured): number {
  const only = (one: Measured, other: Measured): number =>
    Array.from(one.hits).filter((hit, row) => hit === '1' && other.hits[row] === '0').length;
  const [onlyA, onlyB] = [only(a, b), only(b, a)];
  return (2 * Math.sqrt(onlyA + onlyB + 1 - (onlyA - onlyB) ** 2 / a.rows)) / a.rows;
}

const accuracyOf = ({ tasks }: Outcome, task: string): number => tasks[task]?.accuracy ?? NaN;
const nameOf = ({ scenario }: Outcome): string => scenario.name;
const isTrained = ({ scenario }: Outcome): boolean => scenario.freezing !== undefined;

/** The tasks of the domain. */
const learntTasks = ({ before }: Comparison): readonly string[] =>
  Object.keys(before.scenario.domain.sets).filter((task) => Object.hasOwn(before.tasks, task));

/** Whether a task differs by more than noise. */
function differs(a: Outcome, b: Outcome, task: string): boolean {
  const [one, other] = [a.tasks[task], b.tasks[task]];
  if (one === undefined || other === undefined) return false;
  return Math.abs(one.accuracy - other.accuracy) > uncertainty(one, other);
}

/** Tasks that are measurably worse than before. */
function lostTasks(outcome: Outcome, { before }: Comparison): readonly string[] {
  return Object.keys(before.tasks).filter(
    (task) => differs(outcome, before, task) && accuracyOf(outcome, task) < accuracyOf(before, task),
  );
}

/** The task, of those to be learnt, that lacks the most against its best scenario, if that is more than noise. */
function largestGap(
  outcome: Outcome,
  comparison: Comparison,
): { readonly task: string; readonly gap: number } | undefined {
  const gaps = learntTasks(comparison).flatMap((task) => {
    const best = comparison.outcomes.toSorted((a, b) => accuracyOf(b, task) - accuracyOf(a, task))[0] ?? outcome;
    const gap = accuracyOf(best, task) - accuracyOf(outcome, task);
    return differs(outcome, best, task) ? [{ task, gap }] : [];
  });
  return gaps.toSorted((a, b) => b.gap - a.gap)[0];
}

function beside(outcome: Outcome, other: Outcome, task: string): string {
  const difference = accuracyOf(outcome, task) - accuracyOf(other, task);
  if (!differs(outcome, other, task)) return `${task} is level with ${nameOf(other)}`;
  return `${task} is ${points(difference)} ${difference > 0 ? 'above' : 'below'} ${nameOf(other)}`;
}

function keptOrLost(outcome: Outcome, { before }: Comparison, task: string): string {
  const change = accuracyOf(outcome, task) - accuracyOf(before, task);
  const from = `${percent(accuracyOf(before, task))} → ${percent(accuracyOf(outcome, task))}`;
  if (change === 0) return `${task} stays at ${percent(accuracyOf(before, task))}`;
  if (!differs(outcome, before, task)) return `${task} stays what it was, within what its rows can tell (${from})`;
  if (change > 0) return `${task} gains ${points(change)} (${from})`;
  return `${task} loses ${points(change)} (${from}): the encoder moved away from under its head`;
}

/** Tasks that the model knew before. */
const oldTasks = ({ before }: Comparison): readonly string[] => {
  const { name, sets } = before.scenario.domain;
  return Object.keys(before.tasks).filter(
    (task) => task === OLD_TASK || (name !== GENERAL.name && !Object.hasOwn(sets, task)),
  );
};

function implications(outcome: Outcome, comparison: Comparison): readonly string[] {
  const { outcomes, before } = comparison;
  if (!isTrained(outcome)) {
    const fresh = learntTasks(comparison).map((task) => `${task} ${percent(accuracyOf(outcome, task))}`);
    return [`nothing is learnt and nothing lost: ${fresh.join(', ')}`];
  }
  const whole = outcomes.find((other) => nameOf(other) === WHOLLY_TRAINED) ?? outcome;
  const reference = outcome === whole ? (outcomes.find((other) => isTrained(other)) ?? before) : whole;
  const factor = reference.secondsPerEpoch / outcome.secondsPerEpoch;
  const pace = factor >= 1 ? `${times(factor)} times as fast as` : `${times(1 / factor)} times as slow as`;
  return [
    `${percent(outcome.trainedParameters / whole.trainedParameters)} of the parameters train, an epoch is ${pace} ${nameOf(reference)}`,
    ...learntTasks(comparison).map((task) => beside(outcome, reference, task)),
    ...oldTasks(comparison).map((task) => keptOrLost(outcome, comparison, task)),
  ];
}

function whenToChoose(outcome: Outcome, comparison: Comparison): string {
  const trained = comparison.outcomes.filter(isTrained);
  const gap = largestGap(outcome, comparison);
  if (!isTrained(outcome)) {
    return gap === undefined
      ? 'when nothing is to change: training gained nothing'
      : `only when ${gap.task} is not needed: trained, it gains ${points(gap.gap)}`;
  }
  const lost = lostTasks(outcome, comparison);
  const price = lost.length === 0 ? '' : `, if ${lost.join(' and ')} may get worse`;
  if (gap !== undefined) return `when time or memory counts for more than ${points(gap.gap)} of ${gap.task}${price}`;
  const level = trained.filter((other) => largestGap(other, comparison) === undefined);
  const unharmed = level.filter((other) => lostTasks(other, comparison).length === 0);
  const fastest = (unharmed.length > 0 ? unharmed : level).toSorted((a, b) => a.secondsPerEpoch - b.secondsPerEpoch)[0];
  if (fastest === outcome)
    return `first, on this data: none is measurably better, and of those as good it is the fastest${price}`;
  const factor = outcome.secondsPerEpoch / (fastest?.secondsPerEpoch ?? NaN);
  const pace = factor >= 1 ? `takes ${times(factor)} times the time of` : `is ${times(1 / factor)} times as fast as`;
  return `hardly on this data: it is no better than ${fastest === undefined ? 'others' : nameOf(fastest)} and ${pace} it${price}`;
}

/** What a scenario's figures say beside those of the others of its domain. */
export function readOutcome(outcome: Outcome, comparison: Comparison): Reading {
  return { implies: implications(outcome, comparison).join('; '), choose: whenToChoose(outcome, comparison) };
}
