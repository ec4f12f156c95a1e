import type { GraphDifference } from '@sentence-mtl/export';

/** How far off an int8 graph may be. */
export interface DriftLimits {
  /** Points that the first metric of a labelled task may fall. */
  readonly lost: number;
  /** Percent of the texts, where a task has no labels, of which something else may be predicted. */
  readonly changed: number;
}

/** Least mean cosine of sentence embeddings. */
const LEAST_MEAN_COSINE = 0.99;

const USUAL_LOST = 0.5;
/** More, because it tells nothing of which of the two predictions is right. */
const USUAL_CHANGED = 5;

export const driftLimits = (maxDrift: number | undefined): DriftLimits => ({
  lost: maxDrift ?? USUAL_LOST,
  changed: maxDrift ?? USUAL_CHANGED,
});

type Drift = GraphDifference & { readonly lost: Readonly<Record<string, number>> };

/** What is wrong with a graph in int8, a sentence each; nothing where it is within the limits. */
export function driftProblems({ meanCosine, tasks, lost }: Drift, limits: DriftLimits): readonly string[] {
  const cosine =
    meanCosine >= LEAST_MEAN_COSINE
      ? []
      : [`the mean cosine of embeddings is ${meanCosine.toFixed(4)}, below ${LEAST_MEAN_COSINE}`];
  const ofTasks = Object.entries(tasks).flatMap(([name, { agreement }]) => {
    const points = lost[name];
    if (points !== undefined) {
      return points <= limits.lost ? [] : [`task "${name}" loses ${points.toFixed(2)} points, over ${limits.lost}`];
    }
    const changed = (1 - agreement) * 100;
    if (changed <= limits.changed) return [];
    return [`task "${name}" says something else of ${changed.toFixed(1)} % of the texts, over ${limits.changed} %`];
  });
  return [...cosine, ...ofTasks];
}

/** A number that is larger the further off a graph is: of limits that are passed, by how many times. */
export function driftCost({ meanCosine, tasks, lost }: Drift, limits: DriftLimits): number {
  const ofTasks = Object.entries(tasks).map(([name, { agreement }]) => {
    const points = lost[name];
    if (points === undefined) return ((1 - agreement) * 100) / Math.max(limits.changed, 1e-3);
    return Math.max(points, 0) / Math.max(limits.lost, 1e-3);
  });
  return (1 - meanCosine) / (1 - LEAST_MEAN_COSINE) + Math.max(0, ...ofTasks);
}
