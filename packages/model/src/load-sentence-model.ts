import { modelFolder, type SourceOptions } from './model-source.ts';
import { readSentenceModel, type ReadOptions } from './read-sentence-model.ts';
import type { SentenceModel } from './sentence-model.ts';

/**
 * Reads a sentence encoder from wherever it is: a folder, `minilm`, or an id of the hub.
 *
 * @throws as `modelFolder` and `readSentenceModel` do
 */
export async function loadSentenceModel(
  source: string | URL,
  options: SourceOptions & ReadOptions = {},
): Promise<SentenceModel> {
  return readSentenceModel(await modelFolder(source, options), options);
}
