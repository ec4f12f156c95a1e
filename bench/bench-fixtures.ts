import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder of the data sets and models, which a bare clone does not have. */
export const fixturesFolder: string = resolve(root, process.env['SENTENCE_MTL_FIXTURES'] ?? '../shared');

const published = resolve(fixturesFolder, 'models/all-MiniLM-L6-v2');

/** all-MiniLM-L6-v2: as published where it is at hand, else as it is built in. */
export const usualModel: string = existsSync(published) ? published : 'minilm';

/** The training texts of data sets, `count` of them taken evenly, 0 for all. @throws Error where there are none */
export function datasetTexts(datasets: readonly string[], count: number): readonly string[] {
  const texts = datasets.flatMap((dataset) => {
    const file = resolve(fixturesFolder, 'data', dataset, 'train.jsonl');
    if (!existsSync(file))
      throw new Error(`there is no ${file}; SENTENCE_MTL_FIXTURES names the folder that holds data/`);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return lines.map((line) => (JSON.parse(line) as { readonly text: string }).text);
  });
  if (count === 0) return texts;
  return Array.from({ length: count }, (_, i) => texts[Math.floor((i * texts.length) / count)] ?? '');
}
