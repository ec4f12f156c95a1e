// Writes the report and the model card of a run once more. In a file of its own, since what it needs to draw takes other
// commands a quarter of a second to load.
import { join } from 'node:path';
import type { CardOptions } from '@sentence-mtl/report';
import type { CommandContext } from '../command-line/command-context.ts';
import { readCardOptions, writeCardOptions } from './card-options.ts';
import { writeReport } from './write-report.ts';

export interface ReportValues {
  readonly run: string;
  readonly name: string | undefined;
  readonly license: string | undefined;
  readonly language: readonly string[] | undefined;
  readonly dataset: readonly string[] | undefined;
  readonly overwriteCard: boolean;
}

type Given = Pick<ReportValues, 'name' | 'license' | 'language' | 'dataset'>;

/** What was given for the card before, with what is given now; it is kept for the next time. */
async function cardOptions(folder: string, given: Given): Promise<CardOptions> {
  const { name, license, language, dataset } = given;
  const before = await readCardOptions(folder);
  if (Object.values(given).every((value) => value === undefined)) return before;
  const options = {
    ...before,
    ...(name !== undefined && { name }),
    ...(license !== undefined && { license }),
    ...(language !== undefined && { languages: language }),
    ...(dataset !== undefined && { datasets: dataset }),
  };
  await writeCardOptions(folder, options);
  return options;
}

export async function reportAnew(
  { run, name, license, language, dataset, overwriteCard }: ReportValues,
  context: CommandContext,
): Promise<void> {
  const folder = context.resolve(run);
  const card = await cardOptions(folder, { name, license, language, dataset });
  const written = await writeReport(folder, { card, overwriteCard });
  const cardText =
    written.card === undefined
      ? ['model card: none, since the run has no model yet']
      : [
          `model card: ${join(run, 'model', 'README.md')}`,
          ...(written.keptCard
            ? ['  left as it is, since a person has edited it; --overwrite-card writes it anew']
            : []),
        ];
  await context.result({ ...written }, [`report: ${join(run, 'report.html')}`, ...cardText].join('\n'));
}
