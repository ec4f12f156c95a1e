// What the frozen part of a model gives for texts. A text always has the same width, so that what it gives is the same,
// bit for bit, whether it is computed once and kept or anew at every step.
import { float32Tensor, sizeOfShape, type HostTensor, type Parameters } from '@sentence-mtl/core';
import {
  embeddingDimension,
  parameterInputs,
  type SentenceModelConfig,
  type SentenceTokenizer,
} from '@sentence-mtl/model';
import type { Engine, Executable } from '@sentence-mtl/program';
import type { NamedTensors } from '../batch/micro-batch.ts';
import type { PreparedExamples } from '../batch/prepared-examples.ts';
import { tokenSource } from '../batch/text-source.ts';
import { prefixWidth } from '../batch/width.ts';
import { prefixProgram, type PrefixedStart } from '../program/prefix-program.ts';

export interface FrozenOutputsContext {
  readonly engine: Engine;
  readonly config: SentenceModelConfig;
  readonly parameters: Parameters;
  readonly tokenizer: SentenceTokenizer;
}

/** Tokens of a batch while outputs are computed for all texts. */
const TOKENS = 1024;

/** The frozen part of a model up to `start`, made ready to run. */
export class FrozenPart {
  readonly start: PrefixedStart;
  readonly #executable: Executable;
  readonly #context: FrozenOutputsContext;
  readonly #parameters: NamedTensors;

  private constructor(start: PrefixedStart, executable: Executable, context: FrozenOutputsContext) {
    this.start = start;
    this.#executable = executable;
    this.#context = context;
    const { config, parameters } = context;
    const paths = Object.keys(parameterInputs(config));
    this.#parameters = Object.fromEntries([...parameters].filter(([path]) => paths.includes(path)));
  }

  static async compile(start: PrefixedStart, context: FrozenOutputsContext): Promise<FrozenPart> {
    return new FrozenPart(start, await context.engine.compile(prefixProgram(context.config, start)), context);
  }

  /** The floats that a text of this width gives. */
  outputLength(width: number): number {
    const { config } = this.#context;
    return this.start.kind === 'layer' ? width * config.encoder.hiddenSize : embeddingDimension(config);
  }

  /** The outputs of texts of one width, one after the other. */
  async run(prepared: PreparedExamples, texts: readonly number[], width: number): Promise<Float32Array> {
    const tokens = await tokenSource(prepared, this.#context.tokenizer).feeds(texts, width);
    const { prefix } = await this.#executable.run({ ...tokens, ...this.#parameters });
    if (prefix?.dtype !== 'float32') throw new TypeError('the frozen part of a model gives float32');
    return prefix.data;
  }

  /** Runs all texts, in batches of one width; `each` gets a text's outputs, which it copies. */
  async runAll(
    prepared: PreparedExamples,
    widths: Int32Array,
    each: (text: number, outputs: Float32Array) => void,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    for (const [width, texts] of textsByWidth(prepared.encodings.keys(), widths)) {
      const size = Math.max(1, Math.floor(TOKENS / width));
      for (let first = 0; first < texts.length; first += size) {
        signal?.throwIfAborted();
        const batch = texts.slice(first, first + size);
        const outputs = await this.run(prepared, batch, width);
        const length = this.outputLength(width);
        batch.forEach((text, row) => each(text, outputs.subarray(row * length, (row + 1) * length)));
      }
    }
  }

  dispose(): Promise<void> {
    return this.#executable.dispose();
  }
}

/** (texts): the width that each text is padded to. */
export function textWidths({ encodings, firstText, lengths }: PreparedExamples, start: PrefixedStart): Int32Array {
  if (start.kind === 'embedding') return Int32Array.from(encodings, ({ ids }) => prefixWidth(ids.length, start));
  const widths = new Int32Array(encodings.length);
  lengths.forEach((length, example) => {
    widths.fill(prefixWidth(length, start), firstText[example], firstText[example + 1]);
  });
  return widths;
}

/** Texts by their width. */
export function textsByWidth(texts: Iterable<number>, widths: Int32Array): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  for (const text of texts) {
    const width = widths[text] ?? 1;
    const group = groups.get(width);
    if (group === undefined) groups.set(width, [text]);
    else group.push(text);
  }
  return groups;
}

/** A tensor of zeros for the outputs of `count` texts. */
export function outputTensor(part: FrozenPart, count: number, width: number): HostTensor<'float32'> {
  const length = part.outputLength(width);
  const shape = part.start.kind === 'layer' ? [count, width, length / width] : [count, length];
  return float32Tensor(new Float32Array(sizeOfShape(shape)), shape);
}
