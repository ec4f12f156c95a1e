import { similarity as similarityOf, type SimilarityMeasure } from '@sentence-mtl/model';
import { defineCommand, type Command } from '../command-line/command.ts';
import { textTable } from '../command-line/text-table.ts';
import { findModel } from '../model/find-model.ts';
import { loadEncoder } from '../model/load-encoder.ts';
import { MODEL_OPTION } from '../model/model-option.ts';

const MEASURES: readonly SimilarityMeasure[] = ['cosine', 'dot', 'euclidean', 'manhattan'];
const DIGITS = 4;

/** The matrix with a number for each text, which stands at the end of its row. */
function matrixText(texts: readonly string[], matrix: readonly (readonly number[])[]): string {
  const numbers = texts.map((_, index) => `${index + 1}`);
  const rows = matrix.map((row, index) => [
    `${index + 1}`,
    ...row.map((value) => value.toFixed(DIGITS)),
    texts[index]?.replaceAll(/\s+/g, ' ') ?? '',
  ]);
  return textTable([['', ...numbers], ...rows], { numeric: [0, ...texts.map((_, index) => index + 1)] });
}

export const similarity: Command = defineCommand({
  name: 'similarity',
  summary: 'Compare texts by their embeddings',
  positionals: { texts: { help: 'the texts to compare with each other', atLeast: 2 } },
  options: {
    model: MODEL_OPTION,
    measure: {
      kind: 'choice',
      value: 'MEASURE',
      choices: MEASURES,
      default: 'cosine',
      help: 'what to compare by; of the distances the negative, so that more is more alike',
    },
    promptName: { kind: 'text', value: 'NAME', help: "put this one of the model's prompts before each text" },
    maxLength: { kind: 'count', value: 'TOKENS', help: 'cut texts off there (default: as the model says)' },
  },
  examples: [
    ['sentence-mtl similarity "where is my parcel" "my order has not arrived" "reset my password"', 'each with each'],
    [
      'sentence-mtl similarity --json -- "-5 degrees" "below zero"',
      'for programs; -- stands before a text with a dash',
    ],
  ],
  async run({ texts, model, measure, promptName, maxLength }, context) {
    const encoder = await loadEncoder(await findModel(model, context), { maxLength }, context);
    try {
      const embeddings = await encoder.encode(texts, { promptName, signal: context.stop });
      const { data, shape } = similarityOf(embeddings, embeddings, measure);
      const [, columns] = shape;
      const matrix = texts.map((_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
      await context.result({ model, measure, texts, similarity: matrix }, matrixText(texts, matrix));
    } finally {
      await encoder.dispose();
    }
  },
});
