import { nearestMatch } from '@sentence-mtl/core';
import { Command as Parser, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Command, OptionSpec } from './command.ts';
import { UsageError } from './errors.ts';

/** Options that every command has; --debug is read where a failure is reported. */
export interface SharedOptions {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** What a command line asks for. */
export type Request =
  /** `asked` is false where a command is missing, so that the help is a complaint. */
  | { readonly kind: 'help'; readonly text: string; readonly asked: boolean }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly values: Parameters<Command['run']>[0];
      readonly shared: SharedOptions;
    };

export interface ProgramDescription {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  readonly commands: readonly Command[];
}

/** A variable of a shell that is not set leaves an empty word, which as a path would be the folder in which one stands. */
function parseText(text: string): string {
  if (text !== '') return text;
  throw new InvalidArgumentError('It must not be empty.');
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0 && /^\d+$/.test(text)) return count;
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

function parseNumber(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('It must be a number.');
}

function parseChoice(text: string, choices: readonly string[]): string {
  if (choices.includes(text)) return text;
  const nearest = nearestMatch(text, choices);
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  throw new InvalidArgumentError(`It must be one of ${choices.join(', ')}.${hint}`);
}

/** What an option that may be given several times has been given. */
function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), parseText(text)];
}

/** `batchSize` is `--batch-size`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The options of the parser for one of ours. */
function parserOptions(name: string, spec: OptionSpec): readonly Option[] {
  const flag = flagOf(name);
  switch (spec.kind) {
    case 'flag':
      return [new Option(flag, spec.help)];
    case 'switch':
      return [new Option(flag, spec.help), new Option(flag.replace('--', '--no-'), spec.negatedHelp)];
    case 'text':
      return [new Option(`${flag} <${spec.value}>`, spec.help).default(spec.default).argParser(parseText)];
    case 'list':
      return [new Option(`${flag} <${spec.value}>`, spec.help).argParser(collect)];
    case 'number':
      return [new Option(`${flag} <${spec.value}>`, spec.help).default(spec.default).argParser(parseNumber)];
    case 'limit':
      return [
        new Option(`${flag} <${spec.value}>`, spec.help).argParser(parseCount),
        new Option(flag.replace('--', '--no-'), spec.negatedHelp),
      ];
    case 'count':
      return [new Option(`${flag} <${spec.value}>`, spec.help).default(spec.default).argParser(parseCount)];
    case 'choice': {
      const option = new Option(`${flag} <${spec.value}>`, `${spec.help}: ${spec.choices.join(', ')}`);
      return [option.default(spec.default).argParser((text) => parseChoice(text, spec.choices))];
    }
  }
}

const SHARED: readonly Option[] = [
  new Option('--json', 'write the result, or an error, as JSON to standard output'),
  new Option('-q, --quiet', 'no progress and no notes'),
  new Option('--debug', 'with an error, show where in the program it arose (also SENTENCE_MTL_DEBUG=1)'),
];

function examplesText({ examples }: Command): string {
  return `\nExamples:\n${examples.map(([line, does]) => `  $ ${line}\n    ${does}`).join('\n')}`;
}

function checkNumbers(command: Command, values: Readonly<Record<string, unknown>>): void {
  for (const [name, { atLeast = 0 }] of Object.entries(command.positionals)) {
    const given = values[name];
    if (Array.isArray(given) && given.length < atLeast)
      throw new UsageError(`${command.name} takes at least ${atLeast} ${name}, and ${given.length} is given`);
  }
}

function addCommand(parser: Parser, command: Command, onRun: (request: Request) => void): void {
  const { details = '', positionals, options } = command;
  const sub = parser.command(command.name).summary(command.summary);
  sub.description(details === '' ? command.summary : `${command.summary}\n\n${details}`);
  const names = Object.keys(positionals);
  for (const name of names) {
    const { atLeast, help } = positionals[name] ?? { help: '' };
    const word = atLeast === undefined ? name : `${name}...`;
    sub.argument(atLeast === 0 ? `[${word}]` : `<${word}>`, help);
  }
  for (const [name, spec] of Object.entries(options)) {
    for (const option of parserOptions(name, spec)) sub.addOption(option);
  }
  for (const option of SHARED) sub.addOption(option);
  sub.addHelpText('after', () => examplesText(command));
  sub.action((...given: unknown[]) => {
    const { json = false, quiet = false, debug: _, ...own } = sub.opts<Partial<SharedOptions> & { debug?: boolean }>();
    const words = Object.fromEntries(names.map((name, index) => [name, given[index]]));
    const flags = Object.entries(options).flatMap(([name, { kind }]) => (kind === 'flag' ? [[name, false]] : []));
    const values = { ...Object.fromEntries(flags), ...own, ...words };
    checkNumbers(command, values);
    onRun({ kind: 'run', command, values: values as never, shared: { json, quiet } });
  });
}

/** `error: unknown command 'encod'\n(Did you mean encode?)` on one line and without its first word. */
function messageOf(parserMessage: string): string {
  return parserMessage
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .trim();
}

/**
 * Reads the words after the program's name.
 *
 * @param columns the width that help texts are wrapped to
 * @throws UsageError for unknown commands and options (with the nearest known one) and values that do not fit
 */
export function parseCommandLine(words: readonly string[], program: ProgramDescription, columns: number): Request {
  let request: Request | undefined;
  let text = '';
  const parser = new Parser(program.name)
    .description(program.summary)
    .version(program.version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .configureOutput({
      writeOut: (part) => (text += part),
      writeErr: (part) => (text += part),
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
    })
    .exitOverride();
  for (const command of program.commands) addCommand(parser, command, (found) => (request = found));
  try {
    parser.parse(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'help', text, asked: true };
    if (error.code === 'commander.help') return { kind: 'help', text, asked: false };
    throw new UsageError(messageOf(error.message));
  }
  return request ?? { kind: 'help', text, asked: true };
}
