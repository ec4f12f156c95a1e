import {
  ExportError,
  exportGraph,
  quantizeEncoder,
  quantizeWithin,
  type ExportableModel,
  type ExportedGraph,
  type QuantizationRecord,
} from '@sentence-mtl/export';
import { writeModel, type OnnxModel } from '@sentence-mtl/onnx';
import type { CommandContext } from '../command-line/command-context.ts';
import { openEngine } from '../model/open-engine.ts';
import { outputTasks } from './output-tasks.ts';
import { driftCost, driftLimits, driftProblems } from '../verifying/drift-limits.ts';
import { GraphMeasurer, type GraphMeasurement } from '../verifying/graph-measurer.ts';
import { measuredTexts } from '../verifying/measured-texts.ts';

export interface QuantizingOptions {
  readonly data: readonly string[] | undefined;
  readonly textColumn: string;
  readonly maxDrift: number | undefined;
  readonly reduceRange: boolean;
  /** The only task of a graph that is a classifier's. */
  readonly task: string | undefined;
}

function recordOf(
  { lost, largest, meanCosine, leastCosine, tasks }: GraphMeasurement,
  rest: Pick<QuantizationRecord, 'weightBits' | 'excluded' | 'texts' | 'sample'>,
): QuantizationRecord {
  return { ...rest, largest, meanCosine, leastCosine, tasks, lost };
}

/**
 * A model's graph in int8, with as few layers in float32 as measuring says. What was measured stands in its metadata.
 *
 * @throws ExportError where it is too far off whatever stays float32
 */
export async function quantizedGraph(
  model: ExportableModel,
  graph: ExportedGraph,
  options: QuantizingOptions,
  context: CommandContext,
): Promise<OnnxModel> {
  const given = await measuredTexts(model, options, context);
  const limits = driftLimits(options.maxDrift);
  const weightBits = options.reduceRange ? 7 : 8;
  const engine = await openEngine(undefined, context);
  const display = context.progress({ label: 'measuring int8 graphs', unit: 'steps' });
  let measured = 0;
  try {
    // A classifier's graph has no embedding to compare: its layers are those of the graph that has.
    const whole = options.task === undefined ? graph : exportGraph(model, { tasks: [options.task] });
    const measurer = await GraphMeasurer.of(model, outputTasks(model, whole), given, engine, context);
    const found = await quantizeWithin<GraphMeasurement>(whole.model, {
      weightBits,
      measure: async (candidate) => {
        await using opened = await engine.openGraph(writeModel(candidate));
        const measurement = await measurer.measure(opened);
        display.update(++measured);
        return measurement;
      },
      isNear: (difference) => driftProblems(difference, limits).length === 0,
      costOf: (difference) => driftCost(difference, limits),
    });
    if (!found.isNear) {
      throw new ExportError(
        `the model cannot be int8: ${driftProblems(found.difference, limits).join('; ')}. Nothing is written; allow more with --max-drift, or export fp16`,
      );
    }
    const sample = options.data === undefined ? 'built-in' : 'given';
    const { excluded, difference } = found;
    const record = recordOf(difference, { weightBits, excluded, texts: given.texts.length, sample });
    const { model: quantized } = quantizeEncoder(graph.model, excluded, weightBits);
    const metadata = new Map([...quantized.metadata, ['sentence_mtl.quantization', JSON.stringify(record)]]);
    return { ...quantized, metadata };
  } finally {
    display.end();
    await engine.dispose();
  }
}
