import { dirname, relative, sep } from 'node:path';
import { writeAtomically } from '@sentence-mtl/model-files';
import { readLabelSets } from '@sentence-mtl/data';
import { defineCommand, type Command } from '../command-line/command.ts';
import type { CommandContext } from '../command-line/command-context.ts';
import { UsageError } from '../command-line/errors.ts';
import { amountText } from '../command-line/progress-line.ts';
import { shellWords } from '../command-line/shell-words.ts';
import { commentedYaml } from '../config/commented-yaml.ts';
import { settingsJsonSchema } from '../config/json-schema.ts';
import { settingsOf } from '../config/run-settings.ts';
import { DATA_FLAGS, type FlagValues } from '../config/setting-flags.ts';
import type { Settings } from '../config/settings.ts';
import { inferTasks, type InferredTasks } from '../dataset/infer-tasks.ts';
import { LabelEvidence } from '../dataset/label-evidence.ts';
import { dataSources, readDataFiles } from '../dataset/read-data-files.ts';
import { RowProblems } from '../dataset/row-problems.ts';
import { isThere } from '../files/path-kinds.ts';

interface Values extends FlagValues {
  readonly data: readonly string[];
  readonly out: string;
  readonly schema: boolean;
}

async function checkFree(path: string, name: string): Promise<void> {
  if (await isThere(path)) throw new UsageError(`${name} is there already; delete it, or name another file with --out`);
}

/** Kinds as settings name them: those of pairs follow from the rows. */
function kindsOf({ tasks }: InferredTasks): NonNullable<Settings['tasks']> {
  const entries = tasks.map(({ name, task: { kind } }) => {
    return [
      name,
      kind === 'multi-label' || kind === 'regression' || kind === 'classification' ? kind : 'inferred',
    ] as const;
  });
  return Object.fromEntries(entries);
}

function notesOf({ tasks, leftOut }: InferredTasks): readonly string[] {
  return [
    ...tasks.map(({ name, rows, reason }) => `${name}: ${amountText(rows, 'rows')} rows, ${reason}`),
    ...leftOut.map(({ name, reason }) => `not learnt: ${name}: ${reason}`),
  ];
}

/** Paths as they are written: from the folder of the file, so that both can be moved together. */
function relativePaths(settings: Settings, folder: string): Settings {
  const from = (path: string): string => (path === '-' ? path : relative(folder, path).replaceAll(sep, '/'));
  const { train, validation, test, labels } = settings;
  return {
    ...settings,
    train: train.map(from),
    validation: validation.map(from),
    test: test.map(from),
    labels: labels === null ? null : from(labels),
  };
}

const HEADING = [
  'yaml-language-server: $schema=./node_modules/sentence-mtl/train.schema.json',
  '',
  'Settings of `sentence-mtl train`. What is left out has its default; a flag of the same name overrides it.',
];

async function runInit(values: Values, context: CommandContext): Promise<void> {
  const { data, out, schema, ...flags } = values;
  if (schema) {
    await context.stdout.write(`${JSON.stringify(settingsJsonSchema(), null, 2)}\n`);
    return;
  }
  if (data.length === 0) throw new UsageError('no file of training rows is given');
  const path = context.resolve(out);
  await checkFree(path, out);
  const given = await settingsOf({ config: undefined, flags, train: data }, context);
  const problems = new RowProblems(given.onBadRow);
  const rows = await readDataFiles(await dataSources(data, context), given.textColumn, problems, context.stop);
  problems.check();
  const sets = given.labels === null ? undefined : await readLabelSets(given.labels);
  const inferred = inferTasks(LabelEvidence.of(rows), {
    asked: given.tasks,
    sets,
    tagSeparator: given.tagSeparator,
  });
  const settings = relativePaths({ ...given, tasks: kindsOf(inferred) }, dirname(path));
  await writeAtomically(path, commentedYaml({ settings, heading: HEADING, notes: { tasks: notesOf(inferred) } }));
  const next = shellWords(['sentence-mtl', 'train', '--config', out, '--out', 'run']);
  const text = `${out}: all settings, with what each means\n\ntrain with them:\n  ${next}`;
  await context.result({ out: path, rows: rows.length, tasks: settings.tasks, leftOut: inferred.leftOut }, text);
}

export const init: Command = defineCommand({
  name: 'init',
  summary: 'Write a config file for some data, with every setting explained',
  details:
    'Looks at the columns of the data and writes the tasks that it finds, with all other settings at their defaults. With --schema it prints the JSON Schema of config files instead.',
  positionals: { data: { help: 'files of labelled rows, as train takes them', atLeast: 0 } },
  options: {
    out: { kind: 'text', value: 'FILE', default: 'train.yaml', help: 'the config file' },
    ...DATA_FLAGS,
    schema: { kind: 'flag', help: 'print the JSON Schema of config files' },
  },
  examples: [
    ['sentence-mtl init tickets.csv', 'writes train.yaml'],
    ['sentence-mtl train --config train.yaml --out runs/tickets', 'trains with it'],
  ],
  run: runInit,
});
