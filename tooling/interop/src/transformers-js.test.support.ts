import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TEXTS } from './interop-model.test.support.ts';
import type { Numbers } from './engine-answers.test.support.ts';

export const PEERS: string = resolve(import.meta.dirname, '../peers');

/** How a version of transformers.js is asked for what. */
export interface TransformersVersion {
  readonly title: string;
  /** Below `peers`, where `install-peers` puts it. */
  readonly folder: string;
  readonly library: string;
  readonly precisions: Readonly<Record<'fp32' | 'fp16' | 'int8', object>>;
  /**
   * What cosines with our own run of a graph in int8 are over. Another version of ONNX Runtime adds up in another order, and
   * a value at the border of two steps falls on the other side; that is to be less than what int8 itself loses.
   */
  readonly int8Cosine: number;
  /** The scores of all labels. */
  readonly all: object;
}

export const VERSIONS: readonly TransformersVersion[] = [
  {
    title: 'transformers.js 4',
    folder: 'transformers-4',
    library: '@huggingface/transformers',
    precisions: { fp32: { dtype: 'fp32' }, fp16: { dtype: 'fp16' }, int8: { dtype: 'q8' } },
    int8Cosine: 0.9999,
    all: { top_k: null },
  },
  {
    title: 'transformers.js 2',
    folder: 'transformers-2',
    library: '@xenova/transformers',
    precisions: {
      fp32: { quantized: false },
      fp16: { quantized: false, model_file_name: 'model_fp16' },
      int8: { quantized: true },
    },
    int8Cosine: 0.99,
    all: { topk: 0 },
  },
];

/** Why a version cannot be asked, as the line that a test prints; undefined where it is installed. */
export function absenceOf({ title, folder, library }: TransformersVersion): string | undefined {
  if (existsSync(join(PEERS, folder, 'node_modules', library, 'package.json'))) return undefined;
  return `SKIPPED ${title}: not installed (pnpm --filter @sentence-mtl/interop run install-peers)`;
}

export interface Answer {
  readonly embeddings: Numbers;
  readonly outputs: Readonly<Record<string, Numbers>>;
  readonly labels: readonly (readonly { readonly label: string; readonly score: number }[])[];
}

export interface Question<K extends keyof Answer = keyof Answer> {
  readonly kind: K;
  readonly model: string;
  readonly precision?: keyof TransformersVersion['precisions'];
  readonly texts?: readonly string[];
}

/** What the library says to each question, in a process of its own; or what it threw. */
async function said(arguments_: readonly string[], asked: unknown): Promise<readonly unknown[]> {
  const output = await new Promise<string>((answered, failed) => {
    const child = execFile(process.execPath, [...arguments_], { maxBuffer: 2 ** 28 }, (error, stdout, stderr) =>
      error === null ? answered(stdout) : failed(new Error(stderr, { cause: error })),
    );
    child.stdin?.end(JSON.stringify(asked));
  });
  return JSON.parse(output) as readonly unknown[];
}

/** Gives the answer to a question that has been asked. @throws {Error} what the library threw */
export type Answered = <K extends keyof Answer>(question: Question<K>) => Answer[K];

/** Asks questions of the models below a folder, all at once. */
export async function ask(
  { folder, library, precisions, all }: TransformersVersion,
  root: string,
  questions: readonly Question[],
): Promise<Answered> {
  const asked = questions.map(({ precision = 'fp32', ...question }) => ({
    texts: TEXTS,
    ...question,
    options: precisions[precision],
    all,
  }));
  const script = [join(PEERS, 'ask-transformers.mjs'), folder, library];
  const answers = await said(script, { root: `${root}/`, questions: asked });
  return <K extends keyof Answer>(question: Question<K>) => {
    const answer = answers[questions.findIndex((each) => JSON.stringify(each) === JSON.stringify(question))];
    if (answer === undefined) throw new Error(`nobody has asked ${JSON.stringify(question)}`);
    if (typeof answer === 'object' && answer !== null && 'error' in answer) throw new Error(String(answer.error));
    return answer as Answer[K];
  };
}
