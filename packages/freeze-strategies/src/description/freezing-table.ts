// The table that is printed before training starts: what trains, how much of it, how fast, and what thaws when.
import { sizeOfShape } from '@sentence-mtl/core';
import { allStages, type FreezePlan, type Stage } from '../freeze-plan.ts';
import { FROZEN, type TrainedLabel } from '../parameter-label.ts';
import { groupOf } from '../parameter-place.ts';

/** A group of parameters, or layers that follow each other and are alike in all but their number. */
export interface FreezingRow {
  /** Such as `embeddings`, `layers.0–3`, `heads.intent`. */
  readonly group: string;
  readonly parameterCount: number;
  /** How many train from the first step on. */
  readonly trainedCount: number;
  /** Learning rates of those that ever train, before any schedule; empty where none does. */
  readonly learningRates: readonly number[];
  /** Weight decays of those that ever train; 0 among them is that of biases and normalisations. */
  readonly weightDecays: readonly number[];
  /** When the parameters thaw that are frozen at the start: `from step 700`, or `never`. */
  readonly thaws: readonly string[];
}

export interface FreezingTable {
  readonly strategy: string;
  readonly rows: readonly FreezingRow[];
  readonly parameterCount: number;
  readonly trainedCount: number;
  /** Whether all layers have one set of parameters: it is listed as layers.0. */
  readonly sharedLayers: boolean;
}

/** What factors are factors on. */
export interface BaseRates {
  /** The learning rate of a parameter without a strategy. */
  readonly learningRate: (path: string) => number;
  readonly weightDecay: number;
}

/** A parameter over the whole run: how it trains when it first does, and when that is. */
interface Life {
  readonly path: string;
  readonly size: number;
  readonly label: TrainedLabel | undefined;
  /** Undefined where it trains from the start. */
  readonly thaws: string | undefined;
}

function beginningOf({ rules }: FreezePlan, stage: Stage): string {
  return stage.flatMap((number, i) => (number === 0 ? [] : (rules[i]?.beginning(number) ?? []))).join(' and ');
}

function livesOf(plan: FreezePlan): readonly Life[] {
  const found = new Map<string, Pick<Life, 'label' | 'thaws'>>();
  allStages(plan).forEach((stage, i) => {
    const thaws = i === 0 ? undefined : beginningOf(plan, stage);
    for (const [path, label] of plan.labels(stage)) {
      if (label !== FROZEN && !found.has(path)) found.set(path, { label, thaws });
    }
  });
  const never = { label: undefined, thaws: 'never' };
  return [...plan.model.parameters].map(([path, { shape }]) => {
    return { path, size: sizeOfShape(shape), ...(found.get(path) ?? never) };
  });
}

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
const total = (lives: readonly Life[]): number => lives.reduce((sum, { size }) => sum + size, 0);

function rowOf(group: string, lives: readonly Life[], { learningRate, weightDecay }: BaseRates): FreezingRow {
  const trained = lives.flatMap(({ path, label }) => (label === undefined ? [] : { path, ...label }));
  return {
    group,
    parameterCount: total(lives),
    trainedCount: total(lives.filter(({ thaws }) => thaws === undefined)),
    learningRates: distinct(trained.map(({ path, rate }) => rate * learningRate(path))).toSorted((a, b) => a - b),
    weightDecays: distinct(trained.map(({ decay }) => decay * weightDecay)).toSorted((a, b) => b - a),
    thaws: distinct(lives.flatMap(({ thaws }) => thaws ?? [])),
  };
}

const LAYERS = /^layers\.(?:\d+–)?(\d+)$/;

/** One row for layers that follow each other and are alike; of their counts it has the sums. */
function joinLayers(rows: readonly FreezingRow[]): readonly FreezingRow[] {
  const joined: FreezingRow[] = [];
  for (const row of rows) {
    const before = joined.at(-1);
    if (before === undefined || !LAYERS.test(row.group) || !LAYERS.test(before.group) || !alike(before, row)) {
      joined.push(row);
      continue;
    }
    const [first] = before.group.split('–');
    joined[joined.length - 1] = {
      ...row,
      group: `${first}–${LAYERS.exec(row.group)?.[1]}`,
      parameterCount: before.parameterCount + row.parameterCount,
      trainedCount: before.trainedCount + row.trainedCount,
    };
  }
  return joined;
}

function alike(a: FreezingRow, b: FreezingRow): boolean {
  const share = ({ trainedCount, parameterCount }: FreezingRow): number => trainedCount / parameterCount;
  const rest = ({ learningRates, weightDecays, thaws }: FreezingRow): string => {
    return JSON.stringify([learningRates, weightDecays, thaws]);
  };
  return share(a) === share(b) && rest(a) === rest(b);
}

/** The table of a plan, with the rates and the decay that its factors are factors on. */
export function describeFreezing(plan: FreezePlan, base: BaseRates): FreezingTable {
  const lives = livesOf(plan);
  const rows = plan.parts.groups.map((group) => {
    return rowOf(
      group,
      lives.filter(({ path }) => groupOf(path) === group),
      base,
    );
  });
  return {
    strategy: plan.strategy,
    rows: joinLayers(rows),
    parameterCount: total(lives),
    trainedCount: total(lives.filter(({ thaws }) => thaws === undefined)),
    sharedLayers: plan.parts.sharedLayers,
  };
}
