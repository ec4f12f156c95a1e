import { besideEachOther, type SparseMatrix } from './sparse-matrix.ts';
import { applyTfidf, fitTfidf, type TfidfOptions } from './text/tfidf.ts';

/** Texts as rows: those to learn from, and those to predict, in the same columns. */
export interface TextFeatures {
  readonly train: SparseMatrix;
  readonly test: SparseMatrix;
}

export interface TextFeaturesOptions extends Omit<TfidfOptions, 'terms'> {
  /** `both`: the columns of words beside those of characters, each a row of length 1. `words` unless given. */
  readonly terms?: 'words' | 'characters' | 'both';
}

/**
 * Texts as TF-IDF rows; terms and their weights are learned of the training texts alone.
 * @throws ArgumentError when options are out of range
 */
export function textFeatures(
  trainTexts: readonly string[],
  testTexts: readonly string[],
  { terms = 'words', ...options }: TextFeaturesOptions = {},
): TextFeatures {
  const parts = (terms === 'both' ? (['words', 'characters'] as const) : [terms]).map((part) => {
    const { model, features } = fitTfidf(trainTexts, { ...options, terms: part });
    return { train: features, test: applyTfidf(model, testTexts) };
  });
  return parts.reduce((left, right) => ({
    train: besideEachOther(left.train, right.train),
    test: besideEachOther(left.test, right.test),
  }));
}
