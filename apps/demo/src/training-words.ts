const DATA = 'examples/clinc150';

/** What few rows of many labels gain by: a faster rate, and the lower half of the encoder as it is, which halves the time. */
const SETTINGS = ['--epochs', '4', '--freeze', 'layers:3', '--learning-rate', '1e-4'];

/** The command line that trains, from the root of the repository. */
export function trainingWords(run: string): readonly string[] {
  const files = [`${DATA}/train.jsonl`, '--validation', `${DATA}/validation.jsonl`, '--test', `${DATA}/test.jsonl`];
  return ['train', ...files, '--out', run, ...SETTINGS];
}
