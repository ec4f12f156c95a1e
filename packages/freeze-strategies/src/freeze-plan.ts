import { ArgumentError } from '@sentence-mtl/core';
import type { FreezeStrategy } from './freeze-strategy.ts';
import { modelParts, type ModelOutline, type ModelParts } from './model-parts.ts';
import { FROZEN, labelOf, type ParameterLabel } from './parameter-label.ts';
import type { Progress } from './progress.ts';
import type { NextChange, StageRule } from './stage-rule.ts';

/** The stage of each rule of a strategy; none where nothing ever changes. Equal stages have equal labels. */
export type Stage = readonly number[];

/** Path to label, for every parameter of a model, in the model's order. */
export type ParameterLabels = ReadonlyMap<string, ParameterLabel>;

/** A strategy for one model: which label a parameter has, when. All of it is pure. */
export interface FreezePlan {
  /** The strategy's name, with all its settings: a checkpoint of another name is of another plan. */
  readonly strategy: string;
  readonly model: ModelOutline;
  readonly parts: ModelParts;
  readonly rules: readonly StageRule[];
  readonly stageAt: (progress: Progress) => Stage;
  readonly labels: (stage: Stage) => ParameterLabels;
  /** The earliest step and epoch at which the stage may be another, and whether an evaluation may change it. */
  readonly nextChange: (progress: Progress) => NextChange;
}

const earliest = (values: readonly (number | undefined)[]): number | undefined => {
  const given = values.filter((value) => value !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
};

function nextOf(changes: readonly NextChange[]): NextChange {
  const step = earliest(changes.map((change) => change.step));
  const epoch = earliest(changes.map((change) => change.epoch));
  return {
    ...(step === undefined ? {} : { step }),
    ...(epoch === undefined ? {} : { epoch }),
    ...(changes.some(({ evaluation }) => evaluation) ? { evaluation: true } : {}),
  };
}

/**
 * Applies a strategy to a model: `plan.labels(plan.stageAt(progress))`.
 *
 * @throws UnknownPartError when the strategy names what the model does not have
 * @throws ArgumentError when its settings do not fit the model
 */
export function planFreezing(strategy: FreezeStrategy, model: ModelOutline): FreezePlan {
  const parts = modelParts(model);
  const { rules, effect } = strategy.plan(parts);
  return {
    strategy: strategy.name,
    model,
    parts,
    rules,
    stageAt: (progress) => rules.map(({ stageAt }) => stageAt(progress)),
    labels: (stage) => new Map(parts.paths.map((path) => [path, labelOf(path, effect(path, stage))])),
    nextChange: (progress) => nextOf(rules.map(({ nextChange }) => nextChange(progress))),
  };
}

/** The paths that train under labels: programs are compiled, and steps taken, for these. */
export function trainedPaths(labels: ParameterLabels): readonly string[] {
  return [...labels].flatMap(([path, label]) => (label === FROZEN ? [] : path));
}

/** Stages of strategies at once multiply. */
const MOST_STAGES = 10_000;

function checkStages(name: string, rules: readonly StageRule[]): void {
  const count = rules.reduce((product, { stageCount }) => product * stageCount, 1);
  if (count <= MOST_STAGES) return;
  throw new ArgumentError(
    `${name} has ${count} stages, ${rules.map(({ stageCount }) => stageCount).join(' × ')}; at most ${MOST_STAGES} can ` +
      'be listed: compose fewer strategies that go by stages, or thaw more layers at once',
  );
}

/**
 * All stages of a plan, those that fewer triggers have led to first: the start is the first of them.
 * @throws ArgumentError when there are more than 10 000
 */
export function allStages({ strategy, rules }: FreezePlan): readonly Stage[] {
  checkStages(strategy, rules);
  let stages: Stage[] = [[]];
  for (const { stageCount } of rules) {
    stages = stages.flatMap((stage) => Array.from({ length: stageCount }, (_, next) => [...stage, next]));
  }
  const sum = (stage: Stage): number => stage.reduce((total, each) => total + each, 0);
  return stages.toSorted((a, b) => sum(a) - sum(b));
}
