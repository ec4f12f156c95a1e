import { join } from 'node:path';
import type { CardOptions } from '@sentence-mtl/report';
import { defineCommand, type Command } from '../command-line/command.ts';
import { readCardOptions, writeCardOptions } from '../reporting/card-options.ts';
import { writeReport } from '../reporting/write-report.ts';

interface Given {
  readonly name: string | undefined;
  readonly license: string | undefined;
  readonly language: readonly string[] | undefined;
  readonly dataset: readonly string[] | undefined;
}

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

export const report: Command = defineCommand({
  name: 'report',
  summary: 'Write the report and the model card of a run anew',
  details:
    'Train writes both at its end. RUN/report.html is one file that needs no network and runs no script; RUN/model/README.md is the card of the model, with metadata for the Hub. A card that a person has edited is left as it is. Name, license, languages and data sets of the card are kept in RUN/card.json.',
  positionals: { run: { help: 'the folder of a run' } },
  options: {
    name: { kind: 'text', value: 'NAME', help: 'what the card calls the model (default: its tasks)' },
    license: { kind: 'text', value: 'ID', help: "the card's license, as the Hub names it, such as apache-2.0" },
    language: { kind: 'list', value: 'CODE', help: 'a language of the card, such as en; may be given several times' },
    dataset: {
      kind: 'list',
      value: 'ID',
      help: 'a data set of the Hub that it was trained on; may be given several times',
    },
    overwriteCard: { kind: 'flag', help: 'write over a card that a person has edited' },
  },
  examples: [
    ['sentence-mtl report runs/tickets', 'after a new release, say'],
    ['sentence-mtl report runs/tickets --license apache-2.0 --language en', 'a card to publish'],
  ],
  async run({ run, name, license, language, dataset, overwriteCard }, context) {
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
  },
});
