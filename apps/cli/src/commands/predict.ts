import { DataFileError, type RowWriter } from '@sentence-mtl/data';
import { MultiTaskModel } from '@sentence-mtl/model';
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
import { INPUT_FORMATS, inputVersion, textInput, type TextInput } from '../encoding/text-input.ts';
import { writeAll } from '../encoding/write-all.ts';
import { isFile } from '../files/path-kinds.ts';
import { refuseOverInput } from '../files/refuse-over-input.ts';
import { findModel } from '../model/find-model.ts';
import { modelVersion } from '../model/model-files-in.ts';
import { openEngine } from '../model/open-engine.ts';
import { PRECISION_OPTION } from '../model/precision-option.ts';
import { askedOf, predictRows, type Asked } from '../predicting/asked-rows.ts';
import { jsonRow, type CellOptions, type PredictedRow } from '../predicting/predicted-row.ts';
import {
  checkPredictionsName,
  openPredictions,
  predictionsTo,
  predictionTable,
} from '../predicting/prediction-writer.ts';
import { countRows, rowTexts, type RowTexts } from '../predicting/row-texts.ts';

const POSITIONALS = {
  input: {
    help: 'texts, or one file of them (.jsonl, .csv, .tsv, .parquet, .txt, also .gz), or - for standard input',
    atLeast: 1,
  },
} as const;

const OPTIONS = {
  model: { kind: 'text', value: 'MODEL', help: 'the folder of a trained model, or its id on the hub' },
  tasks: { kind: 'text', value: 'A,B', help: 'predict these only (default: all that the rows have)' },
  top: { kind: 'count', value: 'K', help: 'list this many labels, the best' },
  embeddings: { kind: 'flag', help: 'write the sentence embeddings too' },
  out: { kind: 'text', value: 'FILE', help: 'a name in .jsonl or .csv (default: standard output)' },
  resume: { kind: 'flag', help: 'go on with what an earlier run has left' },
  strict: { kind: 'flag', help: 'stop at rows that cannot be read (default: say which, and leave them out)' },
  format: { kind: 'choice', value: 'FORMAT', choices: INPUT_FORMATS, help: 'of the input, if its name does not tell' },
  textColumn: { kind: 'text', value: 'NAME', help: 'the column of the texts (default: text)' },
  promptName: { kind: 'text', value: 'NAME', help: "put this one of the model's prompts before each text" },
  precision: PRECISION_OPTION,
  threads: { kind: 'count', value: 'N', help: 'processor threads (default: all)' },
} as const satisfies Options;

type PredictValues = CommandValues<
  Readonly<Record<'input', PositionalSpec & { readonly atLeast: number }>>,
  typeof OPTIONS
>;

const FILE_NAME = /\.(jsonl|csv|tsv|txt|parquet)(\.gz)?$/i;

/**
 * Whether the words of the command line name an input, rather than being texts themselves.
 *
 * @throws UsageError where one of several is a file: its name would be taken for a text
 */
async function namesInput({ input, format }: PredictValues, { resolve }: CommandContext): Promise<boolean> {
  const [word = '', ...more] = input;
  if (more.length === 0 && (word === '-' || format !== undefined || FILE_NAME.test(word))) return true;
  const areFiles = await Promise.all(input.map(async (each) => isFile(resolve(each))));
  if (more.length === 0) return areFiles[0] === true;
  const file = input[areFiles.indexOf(true)];
  if (file === undefined) return false;
  throw new UsageError(`${file} is a file: predict takes one file, or texts; give one after the other`);
}

function checkUsage({ model, out, resume, embeddings }: PredictValues): string {
  if (out !== undefined) checkPredictionsName(out, embeddings);
  else if (resume) throw new UsageError('--resume goes on with a file: name it with --out');
  if (model !== undefined) return model;
  throw new UsageError('--model is needed: the folder that train has written, such as runs/tickets/model');
}

const cellsFor = ({ tasks, pairs, topK }: Asked): CellOptions => ({ tasks, pairs, top: topK !== undefined });

/** Texts of the command line as rows: one each, or two and two for tasks that compare. */
function typedRows(texts: readonly string[], { pairs }: Asked): readonly RowTexts[] {
  if (!pairs) return texts.map((text) => [text] as const);
  if (texts.length % 2 !== 0) throw new UsageError('the tasks compare two texts: give an even number of them');
  return Array.from(
    { length: texts.length / 2 },
    (_, row) => [texts[2 * row] ?? '', texts[2 * row + 1] ?? ''] as const,
  );
}

async function predictTyped(
  model: MultiTaskModel,
  asked: Asked,
  { input, out }: PredictValues,
  context: CommandContext,
): Promise<void> {
  const rows = await predictRows(model, typedRows(input, asked), asked, context.stop);
  const json = rows.map((row) => {
    const { embedding, ...rest } = jsonRow(row);
    return { ...rest, ...(embedding instanceof Float32Array && { embedding: [...embedding] }) };
  });
  if (out === undefined) return context.result({ rows: json }, predictionTable(rows, cellsFor(asked)));
  const writer = await openPredictions(context.resolve(out), cellsFor(asked), {});
  await writer.write(rows);
  await writer.finish();
  return context.result({ out, rows: rows.length }, `${out}: ${countText(rows.length, 'prediction')}`);
}

async function openWriter(
  asked: Asked,
  folder: string,
  input: TextInput,
  { out, resume, format, textColumn, strict, precision }: PredictValues,
  { resolve, stdout }: CommandContext,
): Promise<RowWriter<PredictedRow>> {
  if (out === undefined) return predictionsTo(stdout, cellsFor(asked));
  const { tasks, topK, embeddings, promptName } = asked;
  const options = { tasks: Object.keys(tasks), topK, embeddings, promptName, format, textColumn, strict, precision };
  if (typeof input.source === 'string') await refuseOverInput(`--out ${out}`, resolve(out), [input.source]);
  const settings = { input: await inputVersion(input), model: await modelVersion(folder), ...options };
  return openPredictions(resolve(out), cellsFor(asked), { resume, settings });
}

async function predictInput(
  model: MultiTaskModel,
  folder: string,
  asked: Asked,
  values: PredictValues,
  context: CommandContext,
): Promise<void> {
  const { out, strict } = values;
  const input = textInput(values.input[0] ?? '-', values, context);
  const { pairs } = asked;
  const badRows = strict ? refuseBadRows : leaveOutBadRows(context.note);
  const { onBadRow } = badRows;
  const total = typeof input.source === 'string' ? await countRows(input, { pairs, onBadRow }) : undefined;
  if (total === 0 && badRows.count() > 0) {
    throw new DataFileError(`no row of ${values.input[0]} can be used: ${countText(badRows.count(), 'row')} left out`);
  }
  // What the count has told need not be told again.
  const rows = rowTexts(input, { pairs, onBadRow: total === undefined || strict ? onBadRow : () => undefined });
  const writer = await openWriter(asked, folder, input, values, context);
  const work = {
    label: 'predicting',
    rows,
    unitsOf: (texts: RowTexts) => texts.join('').length,
    total,
    writer,
    compute: async (window: readonly RowTexts[], signal: AbortSignal, onDone: (rows: number) => void) =>
      predictRows(model, window, asked, signal, onDone),
  };
  const { rows: done, seconds } = await writeAll(work, out !== undefined, context);
  const { rowsBefore } = writer;
  const rate = rateText((done - rowsBefore) / Math.max(seconds, 1e-3), 'rows');
  const left = badRows.count() === 0 ? '' : `; ${countText(badRows.count(), 'row')} left out`;
  const text = `${countText(done, 'row')} of ${Object.keys(asked.tasks).join(', ')} in ${durationText(seconds)} (${rate})${left}`;
  const summary = { out, rows: done, rowsBefore, badRows: badRows.count(), tasks: Object.keys(asked.tasks), seconds };
  if (out === undefined) await context.note(text);
  else await context.result(summary, `${out}: ${text}`);
}

async function runPredict(values: PredictValues, context: CommandContext): Promise<void> {
  const source = checkUsage(values);
  const folder = await findModel(source, context);
  const { threads, precision } = values;
  const engine = await openEngine(threads, context);
  await using model = await MultiTaskModel.load(folder, { engine, precision });
  for (const { message } of model.notices) await context.note(message);
  const asked = askedOf(model, values);
  if (await namesInput(values, context)) await predictInput(model, folder, asked, values, context);
  else await predictTyped(model, asked, values, context);
}

export const predict: Command = defineCommand({
  name: 'predict',
  summary: 'Write what a trained model says of texts',
  details:
    'Rows come out in the order of the input, as JSON Lines ({"text", "predictions": {"<task>": {"label", "confidence"}}}) or CSV; a terminal gets a table. Tasks that compare two texts read "text_a" and "text_b". A file has its name only when it is whole; until then it is FILE.partial, from which --resume goes on.',
  positionals: POSITIONALS,
  options: OPTIONS,
  examples: [
    [
      'sentence-mtl predict --model runs/tickets/model "where is my parcel" --top 3',
      'a text, and the three best labels',
    ],
    [
      'sentence-mtl predict --model runs/tickets/model new.csv --out predictions.csv',
      'the column "text" of a table, with the labels of all tasks',
    ],
    [
      'cut -f2 log.tsv | sentence-mtl predict --model runs/tickets/model - --tasks intent --embeddings > log.jsonl',
      'one task and the embeddings, as a part of a pipe',
    ],
  ],
  run: runPredict,
});
