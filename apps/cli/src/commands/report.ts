import { defineCommand, type Command } from '../command-line/command.ts';

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
  async run(values, context) {
    const { reportAnew } = await import('../reporting/report-anew.ts');
    await reportAnew(values, context);
  },
});
