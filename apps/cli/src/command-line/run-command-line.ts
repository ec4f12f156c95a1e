import { resolve } from 'node:path';
import type { CommandContext } from './command-context.ts';
import { failureOf, type Failure } from './failure.ts';
import { parseCommandLine, type ProgramDescription, type Request, type SharedOptions } from './parse-command-line.ts';
import { printableText } from './printable-text.ts';
import { noProgress, showProgress } from './progress-display.ts';
import { shellWords } from './shell-words.ts';
import { StatusLine } from './status-line.ts';
import type { Surroundings } from './surroundings.ts';

type Words = readonly string[];

/** Whether an option is given; after `--` there are only texts. Asked also where the command line could not be read. */
function isGiven(option: string, words: Words): boolean {
  const end = words.indexOf('--');
  return words.slice(0, end < 0 ? words.length : end).includes(option);
}

function contextOf(
  words: Words,
  program: string,
  { json, quiet }: SharedOptions,
  line: StatusLine,
  surroundings: Surroundings,
): CommandContext {
  const { stdin, stdout, stderr, environment, now, date, peakMemory, workingDirectory, interruption } = surroundings;
  const screen = { line, isTerminal: stderr.isTerminal, now };
  return {
    stdin,
    stdout,
    environment,
    now,
    date,
    peakMemory,
    stop: interruption.stop,
    quit: interruption.quit,
    commandLineWith: (option) => {
      const [command = '', ...rest] = words;
      return shellWords([program, command, ...(isGiven(option, words) ? [] : [option]), ...rest]);
    },
    resolve: (path) => resolve(workingDirectory, path),
    result: async (value, text) => stdout.write(`${json ? JSON.stringify(value) : printableText(text)}\n`),
    event: async (value) => (json ? stdout.write(`${JSON.stringify(value)}\n`) : undefined),
    note: async (text) => (quiet ? undefined : line.note(printableText(text))),
    progress: (options) => (quiet ? noProgress : showProgress(options, screen)),
  };
}

async function runCommand(
  words: Words,
  program: string,
  request: Request & { readonly kind: 'run' },
  surroundings: Surroundings,
): Promise<void> {
  const line = new StatusLine(surroundings.stderr);
  const { stop } = surroundings.interruption;
  const announce = (): void => {
    void line
      .note('Finishing what is in hand and saving; Ctrl-C again leaves as soon as what is computed now is done.')
      .catch(() => undefined);
  };
  stop.addEventListener('abort', announce);
  try {
    await request.command.run(request.values, contextOf(words, program, request.shared, line, surroundings));
  } finally {
    stop.removeEventListener('abort', announce);
    line.clear();
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0';
}

/** Where to read on after a wrong command line. */
function helpHint(words: Words, program: ProgramDescription): string {
  const command = program.commands.find(({ name }) => name === words[0]);
  return `See ${program.name} ${command === undefined ? '' : `${command.name} `}--help`;
}

async function reportFailure(
  failure: Failure,
  words: Words,
  program: ProgramDescription,
  { stdout, stderr, environment }: Surroundings,
): Promise<void> {
  const { code, message, trace } = failure;
  if (message === '') return;
  const json = `${JSON.stringify({ error: { code, message } })}\n`;
  // Standard output may be what has failed.
  if (isGiven('--json', words)) await stdout.write(json).catch(async () => stderr.write(json));
  else {
    // https://no-color.org: any value but an empty one.
    const coloured = stderr.isTerminal && (environment['NO_COLOR'] ?? '') === '';
    const label = coloured ? '\u001b[31merror:\u001b[39m' : 'error:';
    const hint = code === 'USAGE' ? `\n${helpHint(words, program)}` : '';
    await stderr.write(`${code === 'INTERRUPTED' ? '' : `${label} `}${printableText(message)}${hint}\n`);
  }
  if (isGiven('--debug', words) || isSet(environment['SENTENCE_MTL_DEBUG'])) await stderr.write(`${trace}\n`);
}

/**
 * Runs the program once.
 *
 * @param words the command line after the program's name
 * @returns the exit code: 0, 1 the work failed, 2 wrong usage, 130 and 143 ended by a signal, 141 by a closed pipe
 */
export async function runCommandLine(
  words: Words,
  program: ProgramDescription,
  surroundings: Surroundings,
): Promise<number> {
  const { stdout, stderr, interruption } = surroundings;
  try {
    const request = parseCommandLine(words, program, stdout.columns());
    if (request.kind === 'run') await runCommand(words, program.name, request, surroundings);
    else await (request.asked ? stdout : stderr).write(request.text);
    return request.kind === 'run' || request.asked ? 0 : 2;
  } catch (error) {
    const failure = failureOf(error, interruption.exitCode);
    // Where standard error or output is closed too there is no place left to complain.
    await reportFailure(failure, words, program, surroundings).catch(() => undefined);
    return failure.exitCode;
  }
}
