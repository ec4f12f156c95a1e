import { exportGraph } from '@sentence-mtl/export';
import { SentenceEncoder, type EncoderOptions, type SentenceModel } from '@sentence-mtl/model';
import { quantizeModel, writeModel } from '@sentence-mtl/onnx';
import type { OnnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';

/** An encoder that runs as an exported graph. */
export interface GraphEncoder {
  readonly encoder: SentenceEncoder;
  /** Of the graph's file. */
  readonly bytes: number;
}

/** The encoder of a model as the graph in float32 or in int8 that an export writes. */
export async function graphEncoder(
  model: SentenceModel,
  precision: 'fp32' | 'int8',
  { engine, ...options }: EncoderOptions & { readonly engine: OnnxruntimeEngine },
): Promise<GraphEncoder> {
  const { model: graph } = exportGraph(model);
  const content = writeModel(precision === 'int8' ? quantizeModel(graph).model : graph);
  const bytes = content.length;
  return { bytes, encoder: new SentenceEncoder(model, { ...options, engine, graph: await engine.openGraph(content) }) };
}
