import type { SentenceTokenizer } from '@sentence-mtl/model';
import type { PreparedExamples } from '../batch/prepared-examples.ts';
import { tokenSource, type TextSource } from '../batch/text-source.ts';
import { PREFIX_INPUT } from '../program/program-start.ts';
import { outputTensor, textsByWidth, textWidths, type FrozenPart } from './frozen-outputs.ts';
import { openRowStore, type RowStore, type StoreLimits } from './row-store.ts';

/** Texts as what the frozen part of a model gives for them. */
export interface FrozenSource extends TextSource {
  readonly dispose: () => Promise<void>;
}

type OutputsInto = (texts: readonly number[], width: number, target: Float32Array) => Promise<void>;

/** The feeds of texts, whose outputs `into` writes one after the other, for texts of one width. */
function frozenSource(
  prepared: PreparedExamples,
  part: FrozenPart,
  tokenizer: SentenceTokenizer,
  into: OutputsInto,
): TextSource {
  const widths = textWidths(prepared, part.start);
  const tokens = tokenSource(prepared, tokenizer);
  const placed = async (texts: readonly number[], target: Float32Array): Promise<void> => {
    const places = new Map(texts.map((text, place) => [text, place]));
    for (const [width, group] of textsByWidth(texts, widths)) {
      const length = part.outputLength(width);
      const outputs = new Float32Array(group.length * length);
      await into(group, width, outputs);
      group.forEach((text, row) => {
        target.set(outputs.subarray(row * length, (row + 1) * length), (places.get(text) ?? 0) * length);
      });
    }
  };
  return {
    feeds: async (texts, width = 1) => {
      const tensor = outputTensor(part, texts.length, width);
      if (part.start.kind === 'embedding') {
        await placed(texts, tensor.data);
        return { [PREFIX_INPUT]: tensor };
      }
      await into(texts, width, tensor.data);
      const { attentionMask } = await tokens.feeds(texts, width);
      return { [PREFIX_INPUT]: tensor, ...(attentionMask !== undefined && { attentionMask }) };
    },
  };
}

/** Runs the frozen part whenever texts are asked for. */
export function recomputedSource(
  prepared: PreparedExamples,
  part: FrozenPart,
  tokenizer: SentenceTokenizer,
): FrozenSource {
  const source = frozenSource(prepared, part, tokenizer, async (texts, width, target) => {
    target.set(await part.run(prepared, texts, width));
  });
  return { ...source, dispose: async () => undefined };
}

/**
 * Runs the frozen part once for every text and keeps what it gives, in memory or in a file.
 *
 * @throws ModelFileError where the file cannot be written
 * @throws the signal's reason, once the batch in hand is done
 */
export async function cachedSource(
  prepared: PreparedExamples,
  part: FrozenPart,
  tokenizer: SentenceTokenizer,
  limits: StoreLimits,
  signal?: AbortSignal,
): Promise<FrozenSource> {
  const widths = textWidths(prepared, part.start);
  const store: RowStore = openRowStore(
    Array.from(widths, (width) => part.outputLength(width)),
    limits,
  );
  try {
    await part.runAll(prepared, widths, store.write, signal);
  } catch (error) {
    await store.dispose();
    throw error;
  }
  const source = frozenSource(prepared, part, tokenizer, async (texts, width, target) => {
    const length = part.outputLength(width);
    texts.forEach((text, row) => store.readInto(text, target.subarray(row * length, (row + 1) * length)));
  });
  return { ...source, dispose: store.dispose };
}
