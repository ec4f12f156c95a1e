import { openJsonLinesWriter, type RowProblem, type RowWriter } from '@sentence-mtl/data';
import { readSentenceModelConfig } from '@sentence-mtl/model';
import { checkFiles, type CheckOptions, type DataReport } from '../checking/check-files.ts';
import { failures, reportText } from '../checking/report-text.ts';
import { defineCommand, type Command } from '../command-line/command.ts';
import type { CommandContext } from '../command-line/command-context.ts';
import { FailedCheckError, UsageError } from '../command-line/errors.ts';
import { settingsOf } from '../config/run-settings.ts';
import { DATA_FLAGS, type FlagValues } from '../config/setting-flags.ts';
import { SIDES } from '../dataset/dataset.ts';
import { dataSources } from '../dataset/read-data-files.ts';
import { refuseOverInput } from '../files/refuse-over-input.ts';
import { findModel } from '../model/find-model.ts';

interface Values extends FlagValues {
  readonly data: readonly string[];
  readonly config: string | undefined;
  readonly rejected: string;
}

/**
 * Checks, and writes each row that cannot be used to a file, which is there only if there is one.
 *
 * @param rejected the file as it was typed
 */
async function checkRejecting(
  options: Omit<CheckOptions, 'onBadRow'>,
  rejected: string,
  context: CommandContext,
): Promise<DataReport> {
  const path = context.resolve(rejected);
  const sources = await Promise.all(SIDES.map(async (side) => dataSources(options.settings[side], context)));
  const files = sources.flat().filter((source) => typeof source === 'string');
  await refuseOverInput(`--rejected ${rejected}`, path, files);
  let writer: RowWriter<Readonly<Record<string, unknown>>> | undefined;
  const onBadRow = async ({ file, line, message, raw }: RowProblem): Promise<void> => {
    writer ??= await openJsonLinesWriter(path, {});
    await writer.write([{ file, line, reason: message, row: raw ?? null }]);
  };
  try {
    const report = await checkFiles({ ...options, onBadRow }, context);
    await writer?.finish();
    return report;
  } catch (error) {
    await writer?.leave().catch(() => undefined);
    throw error;
  }
}

async function runCheckData(values: Values, context: CommandContext): Promise<void> {
  const { data, config, rejected, ...flags } = values;
  const settings = await settingsOf({ config, flags, train: data }, context);
  if (settings.train.length === 0) throw new UsageError('no file of training rows is given');
  const model = (await readSentenceModelConfig(await findModel(settings.encoder, context))).config;
  const skips = settings.onBadRow === 'skip';
  const report = skips
    ? await checkRejecting({ settings, model }, rejected, context)
    : await checkFiles({ settings, model, onBadRow: async () => undefined }, context);
  const failed = failures(report, skips);
  const left = skips && report.badRows.count > 0 ? `\n\n${rejected}: the rows left out, with the reason of each` : '';
  await context.result({ ...report, failures: failed }, `${reportText(report, skips)}${left}`);
  if (failed.length > 0) throw new FailedCheckError('');
}

export const checkData: Command = defineCommand({
  name: 'check-data',
  summary: 'Say what is in data files, and what is wrong with them',
  details:
    'Reads the files as train would, in memory that does not grow with them: rows and labels of each task, lengths against what training reads, equal texts with contradicting labels or on two sides of a split, labels that look alike. Every problem has its file and line. The exit code is 1 where training would fail.',
  positionals: { data: { help: 'files of labelled rows, as train takes them', atLeast: 0 } },
  options: {
    config: { kind: 'text', value: 'FILE', help: 'a YAML or JSON file of settings; flags override it' },
    ...DATA_FLAGS,
    rejected: {
      kind: 'text',
      value: 'FILE',
      default: 'rejected.jsonl',
      help: 'where --on-bad-row skip writes the rows that it leaves out',
    },
  },
  examples: [
    ['sentence-mtl check-data tickets.csv', 'a table with a column "text" and columns of labels'],
    [
      'sentence-mtl check-data train.jsonl --test test.jsonl --labels labels.json --json',
      'also between files, for programs',
    ],
  ],
  run: runCheckData,
});
