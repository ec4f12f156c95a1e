// Which layers stay float32 is found by measuring: nothing but heads first; where the graph is then too far off, those
// layers whose int8 form alone costs most, no more of them than are needed.
import { quantizeModel, type OnnxModel, type QuantizedModel } from '@sentence-mtl/onnx';
import { staysFloat32 } from '../float32-weights.ts';

export interface QuantizeWithinOptions<D> {
  /** How far off a graph is. */
  readonly measure: (candidate: OnnxModel) => Promise<D>;
  /** Whether that is near enough. */
  readonly isNear: (difference: D) => boolean;
  /** A number that is larger the further off a graph is. */
  readonly costOf: (difference: D) => number;
  readonly weightBits?: 7 | 8 | undefined;
}

/** A graph in int8 and how far off it is. */
export interface QuantizedGraph<D> {
  readonly model: OnnxModel;
  readonly difference: D;
  /** Whether it is near enough; where it is not, nothing is left to exclude. */
  readonly isNear: boolean;
  /** Weights of the encoder's products that stay float32. */
  readonly excluded: readonly string[];
}

/** Tables cost no precision to speak of, and are half of many a model: they are always int8. */
const isTable = (weight: string): boolean => weight.startsWith('encoder.embeddings.') && !weight.includes('projection');

/** Weights that are excluded together: those of a layer's attention, or one of its others. */
function groupOf(weight: string): string {
  return /^encoder\.layers\.\d+\.attention(?=\.)/.exec(weight)?.[0] ?? weight;
}

function groupsOf(weights: readonly string[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const weight of weights) {
    const group = groups.get(groupOf(weight)) ?? [];
    group.push(weight);
    groups.set(groupOf(weight), group);
  }
  return [...groups.values()];
}

/**
 * A graph with its encoder in int8; heads and dense layers stay float32.
 *
 * @param excluded weights that stay so too
 * @throws ArgumentError where a weight has a number that is not finite
 */
export function quantizeEncoder(graph: OnnxModel, excluded: readonly string[], weightBits: 7 | 8 = 8): QuantizedModel {
  const exclude = (weight: string): boolean => staysFloat32(weight) || excluded.includes(weight);
  return quantizeModel(graph, { exclude, weightBits });
}

/**
 * A graph of a model in int8 that is near enough to it, with as few layers as need be in float32.
 *
 * @param graph as `exportGraph` gives it
 * @throws ArgumentError where a weight has a number that is not finite
 */
export async function quantizeWithin<D>(
  graph: OnnxModel,
  { measure, isNear, costOf, weightBits }: QuantizeWithinOptions<D>,
): Promise<QuantizedGraph<D>> {
  const attempt = async (excluded: readonly string[]): Promise<QuantizedGraph<D>> => {
    const { model } = quantizeEncoder(graph, excluded, weightBits);
    const difference = await measure(model);
    return { model, difference, isNear: isNear(difference), excluded };
  };
  const whole = await attempt([]);
  if (whole.isNear) return whole;
  const products = quantizeEncoder(graph, [], weightBits).quantized.filter((name) => !isTable(name));
  const groups = groupsOf(products);
  const costs: { readonly group: readonly string[]; readonly cost: number }[] = [];
  for (const group of groups) {
    const { difference } = await attempt(products.filter((name) => !group.includes(name)));
    costs.push({ group, cost: costOf(difference) });
  }
  const dearest = costs.toSorted((a, b) => b.cost - a.cost).map(({ group }) => group);
  return fewestExcluded(dearest, attempt);
}

/** By halving: with more excluded a graph is nearer. */
async function fewestExcluded<D>(
  dearest: readonly (readonly string[])[],
  attempt: (excluded: readonly string[]) => Promise<QuantizedGraph<D>>,
): Promise<QuantizedGraph<D>> {
  let best = await attempt(dearest.flat());
  let [tooFew, enough] = [0, dearest.length];
  while (best.isNear && enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    const tried = await attempt(dearest.slice(0, middle).flat());
    if (tried.isNear) [best, enough] = [tried, middle];
    else tooFew = middle;
  }
  return best;
}
