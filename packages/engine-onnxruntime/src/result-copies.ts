// onnxruntime-node fills the tensors that are given to receive outputs, and then copies every one of them a second
// time, into new memory that nobody asked for: 265 MB and 130 ms a training step. It converts results in the order
// of the graph's outputs and gives up at the first it has no JavaScript form for. So the graph gets a first output
// of such a type, an empty sequence: the run is done by then, the outputs are filled, and nothing is copied.
// Whether a build of the package behaves so is found out with a tiny model before it is relied upon.
import { toOnnx } from '@sentence-mtl/onnx';
import { add, defineProgram, float32 } from '@sentence-mtl/program';
import type { ModuleSessionOptions, OnnxruntimeModule } from './onnxruntime-module.ts';

/** The name of the added output; no output of a program has a name like it. */
export const UNCOPIED = '__uncopied';

// Field numbers of onnx.proto.
const MODEL_GRAPH = 7;
const GRAPH_NODE = 1;
const GRAPH_OUTPUT = 12;
const NODE_OUTPUT = 2;
const NODE_OPERATOR = 4;
const VALUE_NAME = 1;
const VALUE_TYPE = 2;
const TYPE_TENSOR = 1;
const TYPE_SEQUENCE = 4;
const SEQUENCE_ELEMENT = 1;
const TENSOR_FLOAT: readonly number[] = [0x08, 0x01];

/** A protobuf field of bytes; each of ours is shorter than 128. */
function field(number: number, ...content: readonly (readonly number[])[]): readonly number[] {
  const bytes = content.flat();
  return [number * 8 + 2, bytes.length, ...bytes];
}

function sequenceOutput(): Uint8Array {
  const name = [...new TextEncoder().encode(UNCOPIED)];
  const operator = [...new TextEncoder().encode('SequenceEmpty')];
  const type = field(TYPE_SEQUENCE, field(SEQUENCE_ELEMENT, field(TYPE_TENSOR, TENSOR_FLOAT)));
  const node = field(GRAPH_NODE, field(NODE_OUTPUT, name), field(NODE_OPERATOR, operator));
  const output = field(GRAPH_OUTPUT, field(VALUE_NAME, name), field(VALUE_TYPE, type));
  return Uint8Array.from(field(MODEL_GRAPH, node, output));
}

/**
 * The model with one output more, the first. Protobuf joins the parts of a message that stands in pieces, so the
 * node and the output are put in front of the file as a piece of its graph.
 */
export function withUncopiedResults(model: Uint8Array): Uint8Array {
  const piece = sequenceOutput();
  const joined = new Uint8Array(piece.length + model.length);
  joined.set(piece);
  joined.set(model, piece.length);
  return joined;
}

/**
 * The message with which this build refuses to convert results that have already been computed and stored; undefined
 * where it does anything else, and results have to be taken as it gives them.
 */
export async function findRefusal(
  module: OnnxruntimeModule,
  options: ModuleSessionOptions,
): Promise<string | undefined> {
  const program = defineProgram({ x: float32(1) }, ({ x }) => ({ y: add(x, 1) }));
  const { bytes } = toOnnx(program, { target: 'runtime' });
  const x = new module.Tensor('float32', Float32Array.of(2), [1]);
  const y = Float32Array.of(0);
  try {
    const session = await module.InferenceSession.create(withUncopiedResults(bytes), options);
    try {
      await session.run({ x }, { [UNCOPIED]: null, y: new module.Tensor('float32', y, [1]) });
    } catch (refusal) {
      return y[0] === 3 && refusal instanceof Error ? refusal.message : undefined;
    } finally {
      await session.release();
    }
  } catch {
    // A build that knows no such output: the ordinary way remains.
  }
  return undefined;
}
