// transformers.js opens the folder of an export as it is, and says what our own engine says.
import { beforeAll, describe, expect, test } from 'vitest';
import { TEXTS } from './interop-model.test.support.ts';
import { expectOutputs, gapBetween, rowCosines, TOLERANCE } from './numbers.test.support.ts';
import { absenceOf, ask, VERSIONS, type Answered, type Question } from './transformers-js.test.support.ts';
import { MODELS, writtenModels, type WrittenModels } from './written-models.test.support.ts';

const SLOW = 1_200_000;
/** More tokens than any of the models takes. */
const tooLong = { kind: 'outputs', model: 'nano-bert', texts: ['my parcel is late '.repeat(120)] } as const;

const questionsOf = (model: string) =>
  ({
    embeddings: { kind: 'embeddings', model },
    outputs: { kind: 'outputs', model },
    halves: { kind: 'outputs', model, precision: 'fp16' },
    bytes: { kind: 'outputs', model, precision: 'int8' },
    intent: { kind: 'labels', model: `${model}-intent` },
    mood: { kind: 'labels', model: `${model}-mood` },
  }) as const satisfies Readonly<Record<string, Question>>;

let written: WrittenModels;
const absences = VERSIONS.map(absenceOf);
for (const absence of absences) if (absence !== undefined) console.log(absence);
beforeAll(async () => {
  written = await writtenModels(absences.includes(undefined) ? MODELS : []);
}, SLOW);

describe.each(VERSIONS)('$title', (version) => {
  const isAbsent = absenceOf(version) !== undefined;
  const runs = test.skipIf(isAbsent);
  let answer: Answered;
  beforeAll(async () => {
    if (isAbsent) return;
    const questions = MODELS.flatMap((model): readonly Question[] => Object.values(questionsOf(model)));
    answer = await ask(version, written.root, [...questions, tooLong]);
  }, SLOW);

  runs.each(MODELS)('%s: the same tokens, embeddings and outputs', (model) => {
    const answers = written.answersFor(model);
    const { embeddings, outputs, halves } = questionsOf(model);
    expect(answer(outputs)['input_ids']).toEqual(answers.outputs['input_ids']);
    expect(gapBetween(answer(embeddings), answers.normalized)).toBeLessThanOrEqual(TOLERANCE.fp32);
    expectOutputs(answer(outputs), answers);
    expectOutputs(answer(halves), answers, 'fp16');
  });

  runs.each(MODELS)('%s: the same embeddings in int8', (model) => {
    const { sentence_embedding: embedding } = answer(questionsOf(model).bytes);
    const cosines = rowCosines(embedding, written.answersFor(model).int8);
    expect(cosines).toHaveLength(TEXTS.length);
    expect(Math.min(...cosines)).toBeGreaterThan(version.int8Cosine);
  });

  describe.each(['intent', 'mood'] as const)('as a classifier of %s', (task) => {
    runs.each(MODELS)('%s: the same labels and scores', (model) => {
      const scores = written.answersFor(model).scores[task];
      const labels = answer(questionsOf(model)[task]);
      expect(labels).toHaveLength(scores.length);
      for (const [row, found] of labels.entries()) {
        const expected = Object.entries(scores[row] ?? {}).toSorted(([, one], [, other]) => other - one);
        expect(found.map(({ label }) => label)).toEqual(expected.map(([label]) => label));
        for (const [index, { score }] of found.entries()) expect(score).toBeCloseTo(expected[index]?.[1] ?? NaN, 5);
      }
    });
  });

  runs('a text that is too long is cut off where the model ends', () => {
    const { input_ids: tokens, sentence_embedding: embedding } = answer(tooLong);
    expect([tokens?.dims, embedding?.dims]).toEqual([
      [1, 48],
      [1, 16],
    ]);
  });
});
