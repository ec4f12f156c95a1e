import { int32Tensor } from '@sentence-mtl/core';
import type { LabelledBatch } from '@sentence-mtl/two-head-model';
import type { Message } from './support-messages.ts';

const PADDING = 0;
const UNKNOWN = 1;

/** Words by id: a stand-in for a tokenizer, good enough for lower-case words. */
export type Vocabulary = ReadonlyMap<string, number>;

const wordsOf = (text: string): readonly string[] => text.split(' ');

/** A vocabulary of all words of the messages; ids 0 and 1 are padding and unknown words. */
export function vocabularyOf(messages: readonly Message[]): Vocabulary {
  const words = new Set(messages.flatMap(({ text }) => wordsOf(text)));
  return new Map([...words].map((word, index) => [word, index + 2]));
}

/** Messages as ids padded to the longest, (B, T), with their labels (B). */
export function batchOf(messages: readonly Message[], vocabulary: Vocabulary): LabelledBatch {
  const rows = messages.map(({ text }) => wordsOf(text).map((word) => vocabulary.get(word) ?? UNKNOWN));
  const length = Math.max(...rows.map((row) => row.length));
  const padded = (fill: (row: readonly number[]) => readonly number[]): number[] =>
    rows.flatMap((row) => Array.from({ length }, (_, at) => fill(row)[at] ?? PADDING));
  const shape = [messages.length, length];
  const labels = (task: 'topic' | 'sentiment'): readonly number[] => messages.map((message) => message[task]);
  return {
    inputIds: int32Tensor(
      padded((row) => row),
      shape,
    ),
    attentionMask: int32Tensor(
      padded((row) => row.map(() => 1)),
      shape,
    ),
    labels: {
      topic: int32Tensor([...labels('topic')], [messages.length]),
      sentiment: int32Tensor([...labels('sentiment')], [messages.length]),
    },
  };
}
