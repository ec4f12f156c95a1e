import { stat } from 'node:fs/promises';
import type { ExportableModel, ExportPrecision } from '@sentence-mtl/export';
import { GRAPH_PRECISIONS, graphPath, readGraphFile } from '@sentence-mtl/model-files';
import { checkTokenGraph } from '@sentence-mtl/model';
import type { OpenGraph } from '@sentence-mtl/program';
import { UsageError } from '../command-line/errors.ts';
import { driftProblems, type DriftLimits } from './drift-limits.ts';
import type { GraphMeasurement, GraphMeasurer } from './graph-measurer.ts';

/** A graph of a folder beside the model itself. */
export interface VerifiedGraph extends Omit<GraphMeasurement, 'metrics'> {
  readonly precision: ExportPrecision;
  readonly bytes: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** What is beyond the tolerance, a sentence each. */
  readonly problems: readonly string[];
}

/** What may differ in float graphs: of embeddings and logits, in shares of the largest number, which is 1 at least. */
const TOLERANCES = { fp32: 1e-5, fp16: 2e-3 } as const;

/** The precisions that a folder has graphs in. @throws UsageError where it has none */
export async function graphsIn(folder: string): Promise<readonly ExportPrecision[]> {
  const found = await Promise.all(
    GRAPH_PRECISIONS.map(async (precision) =>
      stat(graphPath(folder, precision)).then(
        () => [precision],
        () => [],
      ),
    ),
  );
  if (found.flat().length > 0) return found.flat();
  throw new UsageError(
    `${folder} has no exported graph to verify; make some with: sentence-mtl export ${JSON.stringify(folder)} --precision fp32,int8`,
  );
}

function problemsOf(precision: ExportPrecision, measured: GraphMeasurement, limits: DriftLimits): readonly string[] {
  if (precision === 'int8') return driftProblems(measured, limits);
  const tolerance = TOLERANCES[precision];
  const gaps = [
    ['sentence_embedding', measured.largest] as const,
    ...Object.entries(measured.tasks).map(([name, { largest }]) => [`logits_${name}`, largest] as const),
  ];
  return gaps
    .filter(([, gap]) => !(gap <= tolerance))
    .map(([output, gap]) => `${output} differs by ${gap.toExponential(1)}, over ${tolerance}`);
}

/** Opens a graph, measures it and lets go of it. @throws ModelError where it is the graph of another model */
export async function verifyGraph(
  folder: string,
  precision: ExportPrecision,
  { config }: ExportableModel,
  measurer: GraphMeasurer,
  {
    open,
    limits,
  }: { readonly open: (content: Uint8Array<ArrayBuffer>) => Promise<OpenGraph>; readonly limits: DriftLimits },
): Promise<VerifiedGraph> {
  const content = await readGraphFile(folder, precision);
  const bytes = content.length;
  await using graph = await open(content);
  checkTokenGraph(graph, config, graphPath(folder, precision));
  const measured = await measurer.measure(graph);
  const metrics = Object.fromEntries([...measured.metrics].map(([name, { value }]) => [name, value]));
  return { ...measured, precision, bytes, metrics, problems: problemsOf(precision, measured, limits) };
}
