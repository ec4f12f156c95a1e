import { MultiTaskModel } from 'sentence-mtl';

const percent = (confidence: number): string => `${(100 * confidence).toFixed(0)} %`;

/** A line for each text, with the label of each task and how sure the model is of it. */
export async function predictionTable(model: string, texts: readonly string[]): Promise<string> {
  const loaded = await MultiTaskModel.load(model);
  try {
    const rows = await loaded.predict(texts);
    const cells = rows.map((row) =>
      Object.values(row).map((prediction) =>
        'confidence' in prediction ? `${prediction.label} ${percent(prediction.confidence)}` : '',
      ),
    );
    const width = Math.max(...texts.map((text) => text.length));
    const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
    const line = (text: string, row: number): string =>
      `${text.padEnd(width)}  ${(cells[row] ?? []).map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
    return texts.map(line).join('\n');
  } finally {
    await loaded.dispose();
  }
}
