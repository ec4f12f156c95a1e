import type { EmbeddingRow, RowWriter } from '@sentence-mtl/data';
import {
  defineCommand,
  type Command,
  type CommandValues,
  type Options,
  type PositionalSpec,
} from '../command-line/command.ts';
import type { CommandContext } from '../command-line/command-context.ts';
import { UsageError } from '../command-line/errors.ts';
import { countText, durationText, rateText } from '../command-line/progress-line.ts';
import { leaveOutBadRows, refuseBadRows } from '../encoding/bad-rows.ts';
import { checkOutName, embeddingsTo, openEmbeddings } from '../encoding/embedding-writer.ts';
import { encodingWork } from '../encoding/encode-input.ts';
import { countTexts, INPUT_FORMATS, inputVersion, textInput, textsOf, type TextInput } from '../encoding/text-input.ts';
import { writeAll } from '../encoding/write-all.ts';
import { refuseOverInput } from '../files/refuse-over-input.ts';
import { findModel } from '../model/find-model.ts';
import { loadEncoder } from '../model/load-encoder.ts';
import { modelVersion } from '../model/model-files-in.ts';
import { MODEL_OPTION } from '../model/model-option.ts';
import { PRECISION_OPTION } from '../model/precision-option.ts';

const POSITIONALS = {
  input: { help: 'a file of texts (.jsonl, .csv, .tsv, .parquet, .txt, also .gz), or - for standard input' },
} as const;

const OPTIONS = {
  model: MODEL_OPTION,
  out: {
    kind: 'text',
    value: 'FILE',
    help: 'a name in .jsonl, .npy, .parquet or .safetensors (default: JSON Lines to standard output)',
  },
  resume: { kind: 'flag', help: 'go on with what an earlier run has left' },
  normalize: {
    kind: 'switch',
    help: 'make the embeddings of length 1 (default: as the model says)',
    negatedHelp: 'leave the embeddings as long as they are',
  },
  format: { kind: 'choice', value: 'FORMAT', choices: INPUT_FORMATS, help: 'of the input, if its name does not tell' },
  textColumn: { kind: 'text', value: 'NAME', help: 'the column of the texts (default: text)' },
  onBadRow: {
    kind: 'choice',
    value: 'WHAT',
    choices: ['stop', 'skip'],
    default: 'stop',
    help: 'what becomes of rows that cannot be read; skip says which they are',
  },
  promptName: { kind: 'text', value: 'NAME', help: "put this one of the model's prompts before each text" },
  maxLength: { kind: 'count', value: 'TOKENS', help: 'cut texts off there (default: as the model says)' },
  precision: PRECISION_OPTION,
  threads: { kind: 'count', value: 'N', help: 'processor threads (default: all)' },
} as const satisfies Options;

type EncodeValues = CommandValues<Readonly<Record<'input', PositionalSpec>>, typeof OPTIONS>;

function checkUsage({ out, resume }: EncodeValues): void {
  if (out !== undefined) checkOutName(out);
  else if (resume) throw new UsageError('--resume goes on with a file: name it with --out');
}

/** The file of embeddings, or standard output. */
async function openWriter(
  values: EncodeValues,
  folder: string,
  dimension: number,
  input: TextInput,
  { resolve, stdout }: CommandContext,
): Promise<RowWriter<EmbeddingRow>> {
  const { out, resume, normalize, format, textColumn, onBadRow, promptName, maxLength, precision } = values;
  if (out === undefined) return embeddingsTo(stdout);
  const options = { normalize, format, textColumn, onBadRow, promptName, maxLength, precision };
  if (typeof input.source === 'string') await refuseOverInput(`--out ${out}`, resolve(out), [input.source]);
  const settings = { input: await inputVersion(input), model: await modelVersion(folder), ...options };
  return openEmbeddings(resolve(out), dimension, { resume, settings });
}

async function runEncode(values: EncodeValues, context: CommandContext): Promise<void> {
  checkUsage(values);
  const { model, out, onBadRow, normalize, promptName } = values;
  const input = textInput(values.input, values, context);
  const skips = onBadRow === 'skip';
  const badRows = skips ? leaveOutBadRows(context.note) : refuseBadRows;
  const total = typeof input.source === 'string' ? await countTexts(input, badRows.onBadRow) : undefined;
  // What the count has told need not be told again.
  const texts = textsOf(input, total === undefined || !skips ? badRows.onBadRow : () => undefined);

  const folder = await findModel(model, context);
  const encoder = await loadEncoder(folder, values, context);
  try {
    const writer = await openWriter(values, folder, encoder.dimension, input, context);
    const work = encodingWork({ encoder, texts, total, writer, options: { normalize, promptName } });
    const { rows, seconds } = await writeAll(work, out !== undefined, context);
    const { rowsBefore } = writer;
    const rate = rateText((rows - rowsBefore) / Math.max(seconds, 1e-3), 'rows');
    const left = badRows.count() === 0 ? '' : `; ${countText(badRows.count(), 'row')} left out`;
    const text = `${countText(rows, 'embedding')} of ${encoder.dimension} values in ${durationText(seconds)} (${rate})${left}`;
    const summary = { out, rows, rowsBefore, badRows: badRows.count(), dimension: encoder.dimension, seconds };
    if (out === undefined) await context.note(text);
    else await context.result(summary, `${out}: ${text}`);
  } finally {
    await encoder.dispose();
  }
}

export const encode: Command = defineCommand({
  name: 'encode',
  summary: 'Write the sentence embeddings of texts',
  details:
    'Rows come out in the order of the input: texts and embeddings as .jsonl ({"text", "embedding"}) or .parquet, the embeddings alone as a matrix in .npy or .safetensors. A file has its name only when it is whole; until then it is FILE.partial, from which --resume goes on: nothing is lost, and nothing is there twice.',
  positionals: POSITIONALS,
  options: OPTIONS,
  examples: [
    [
      'sentence-mtl encode tickets.csv --out tickets.jsonl',
      'the column "text" of a table, with the model that is built in',
    ],
    ['sentence-mtl encode tickets.csv --out tickets.jsonl --resume', 'goes on where a run before was stopped'],
    ['cut -f2 log.tsv | sentence-mtl encode - --model runs/support/model | gzip > log.jsonl.gz', 'as a part of a pipe'],
  ],
  run: runEncode,
});
