import { ArgumentError } from '@sentence-mtl/core';
import type { SparseMatrix } from '../sparse-matrix.ts';
import { characterTerms } from './character-terms.ts';
import { countTerms, documentCounts, keepColumns } from './term-counts.ts';
import { wordTerms } from './word-terms.ts';

export interface TfidfOptions {
  /** `words`: single words and runs of them; `characters`: runs of characters within words. `words` unless given. */
  readonly terms?: 'words' | 'characters';
  /** The fewest words or characters of a run; 1 word or 2 characters unless given. */
  readonly shortest?: number;
  /** The most; 2 words or 5 characters unless given. */
  readonly longest?: number;
  /** Whether a term that a text has n times counts 1 + ln n rather than n. True unless given. */
  readonly sublinear?: boolean;
  /** Terms of fewer texts are left out; 1 for words and 2 for characters unless given. */
  readonly leastTexts?: number;
}

/** What was learned of the training texts. */
export interface TfidfModel {
  readonly options: Required<TfidfOptions>;
  /** The column of each term. */
  readonly columns: ReadonlyMap<string, number>;
  /** Of each column: `ln((1 + texts) / (1 + texts with the term)) + 1`. */
  readonly inverseDocumentFrequencies: Float64Array;
}

export interface FittedTfidf {
  readonly model: TfidfModel;
  /** The training texts as rows. */
  readonly features: SparseMatrix;
}

const DEFAULTS = {
  words: { terms: 'words', shortest: 1, longest: 2, sublinear: true, leastTexts: 1 },
  characters: { terms: 'characters', shortest: 2, longest: 5, sublinear: true, leastTexts: 2 },
} as const;

function completeOptions(options: TfidfOptions): Required<TfidfOptions> {
  const complete = { ...DEFAULTS[options.terms ?? 'words'], ...options };
  const { shortest, longest, leastTexts } = complete;
  const sound = [shortest, longest, leastTexts].every((value) => Number.isInteger(value) && value >= 1);
  if (sound && shortest <= longest) return complete;
  throw new ArgumentError(
    `terms of ${shortest} to ${longest} ${complete.terms}, of ${leastTexts} texts at least: give integers from 1, in order`,
  );
}

function termsOf({ terms, shortest, longest }: Required<TfidfOptions>): (text: string) => readonly string[] {
  return (text) => (terms === 'words' ? wordTerms(text, shortest, longest) : characterTerms(text, shortest, longest));
}

/** Weighs counts in place: term frequency times inverse document frequency, each row then of length 1. */
function weigh(counts: SparseMatrix, sublinear: boolean, inverseDocumentFrequencies: Float64Array): SparseMatrix {
  const { rowCount, rowStarts, columns, values } = counts;
  for (let row = 0; row < rowCount; row++) {
    const [start, end] = [rowStarts[row] ?? 0, rowStarts[row + 1] ?? 0];
    let squares = 0;
    for (let i = start; i < end; i++) {
      const frequency = sublinear ? 1 + Math.log(values[i] ?? 1) : (values[i] ?? 0);
      const weight = frequency * (inverseDocumentFrequencies[columns[i] ?? 0] ?? 0);
      values[i] = weight;
      squares += weight * weight;
    }
    const norm = Math.sqrt(squares);
    for (let i = start; i < end; i++) values[i] = (values[i] ?? 0) / norm;
  }
  return counts;
}

/**
 * Learns the terms of texts and gives the texts as rows of weights, as scikit-learn's `TfidfVectorizer` (smooth idf, l2):
 * `tf · idf`, each row of length 1. Columns are in the order in which terms first occur.
 * @throws ArgumentError when options are out of range
 */
export function fitTfidf(texts: readonly string[], options: TfidfOptions = {}): FittedTfidf {
  const complete = completeOptions(options);
  const all = new Map<string, number>();
  const termCounts = countTerms(texts, termsOf(complete), (term) => {
    const column = all.get(term) ?? all.size;
    all.set(term, column);
    return column;
  });
  const counts = { ...termCounts, columnCount: all.size };
  const found = documentCounts(counts);
  const kept = keepColumns(counts, (column) => (found[column] ?? 0) >= complete.leastTexts);
  const columns = new Map<string, number>();
  for (const [term, column] of all) if ((found[column] ?? 0) >= complete.leastTexts) columns.set(term, columns.size);
  const inverseDocumentFrequencies = documentCounts(kept).map(
    (count) => Math.log((1 + texts.length) / (1 + count)) + 1,
  );
  return {
    model: { options: complete, columns, inverseDocumentFrequencies },
    features: weigh(kept, complete.sublinear, inverseDocumentFrequencies),
  };
}

/** Other texts as rows of the same columns. Terms that no training text has are left out. */
export function applyTfidf(model: TfidfModel, texts: readonly string[]): SparseMatrix {
  const { options, columns, inverseDocumentFrequencies } = model;
  const counts = countTerms(texts, termsOf(options), (term) => columns.get(term));
  return weigh({ ...counts, columnCount: columns.size }, options.sublinear, inverseDocumentFrequencies);
}
