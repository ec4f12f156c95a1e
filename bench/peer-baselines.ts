import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EmbeddingFeatures } from '@sentence-mtl/baselines';
import { fixturesFolder } from './bench-fixtures.ts';
import { runPeerScript } from './peer-script.ts';
import { ScratchFolder } from './scratch-folder.ts';

/** One run of a baseline of scikit-learn, by task. */
export interface PeerBaseline {
  readonly vectorizeMs: number;
  readonly fitMs: Readonly<Record<string, number>>;
  readonly accuracy: Readonly<Record<string, number>>;
  readonly othersShare: number;
}

interface PeerLine {
  readonly vectorize_s?: number;
  readonly fit_s: Readonly<Record<string, number>>;
  readonly test_accuracy: Readonly<Record<string, number>>;
}

async function runPeer(script: string, dataset: string, words: readonly string[]): Promise<PeerBaseline> {
  const data = ['--data', join(fixturesFolder, 'data'), '--dataset', dataset];
  const line = await runPeerScript<PeerLine>(script, [...data, ...words]);
  return {
    vectorizeMs: 1000 * (line.vectorize_s ?? 0),
    fitMs: Object.fromEntries(Object.entries(line.fit_s).map(([task, seconds]) => [task, 1000 * seconds])),
    accuracy: line.test_accuracy,
    othersShare: line.others_share,
  };
}

/** TF-IDF with a linear support vector machine. */
export async function runPeerTfidf(dataset: string, terms: 'words' | 'characters' | 'both'): Promise<PeerBaseline> {
  const features = terms === 'characters' ? 'chars' : terms;
  return runPeer('tfidf.py', dataset, ['--features', features, '--classifier', 'linear-svm']);
}

/** Logistic regression on the same embeddings, which go through files. */
export async function runPeerEmbeddings(dataset: string, { train, test }: EmbeddingFeatures): Promise<PeerBaseline> {
  using scratch = new ScratchFolder();
  const words = Object.entries({ train, test }).flatMap(([split, { values }]) => {
    const file = scratch.of(`${split}.f32`);
    writeFileSync(file, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return [`--${split}`, file];
  });
  return await runPeer('embedding_logistic.py', dataset, [...words, '--columns', `${train.columnCount}`]);
}
