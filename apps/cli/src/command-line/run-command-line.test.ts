import { ArgumentError } from '@sentence-mtl/core';
import { describe, expect, test } from 'vitest';
import { defineCommand } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { InterruptedError, UsageError } from './errors.ts';
import { runCommandLine } from './run-command-line.ts';
import { MemoryOutput, memorySurroundings, type MemorySurroundings } from './surroundings.test.support.ts';

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command that does what `work` says. */
async function outcomeOf(
  work: (context: CommandContext) => Promise<void>,
  words: readonly string[] = [],
  surroundings: MemorySurroundings = memorySurroundings(),
): Promise<Outcome> {
  const command = defineCommand({
    name: 'work',
    summary: 'Work',
    positionals: {},
    options: {},
    examples: [],
    run: async (_, context) => work(context),
  });
  const program = { name: 'program', version: '1.0.0', summary: 'It works.', commands: [command] };
  const exitCode = await runCommandLine(['work', ...words], program, surroundings);
  return { exitCode, stdout: surroundings.stdout.text, stderr: surroundings.stderr.text };
}

const failing = (error: unknown) => async (): Promise<void> => {
  throw error;
};

describe('a result', () => {
  const work = async ({ result }: CommandContext): Promise<void> => result({ count: 2 }, 'two of them');

  test('is text for people', async () => {
    expect(await outcomeOf(work)).toEqual({ exitCode: 0, stdout: 'two of them\n', stderr: '' });
  });

  test('is one line of JSON with --json', async () => {
    expect(await outcomeOf(work, ['--json'])).toEqual({ exitCode: 0, stdout: '{"count":2}\n', stderr: '' });
  });

  test('brings no control codes to the terminal', async () => {
    const outcome = await outcomeOf(async ({ result }) => result({}, 'a\u001b[31m b\u0007\tc\n'));
    expect(outcome.stdout).toBe('a\\u001b[31m b\\u0007\tc\n\n');
  });

  test('that nobody reads ends the program quietly', async () => {
    const surroundings = memorySurroundings();
    surroundings.stdout.isClosed = true;
    expect(await outcomeOf(work, [], surroundings)).toEqual({ exitCode: 141, stdout: '', stderr: '' });
  });
});

describe('notes and progress', () => {
  const work = async ({ note, progress }: CommandContext): Promise<void> => {
    progress({ label: 'encoding', unit: 'rows', total: 10 }).update(4);
    await note('one row is empty');
  };

  test('go to standard error, without control codes where it is no terminal', async () => {
    expect(await outcomeOf(work)).toEqual({ exitCode: 0, stdout: '', stderr: 'one row is empty\n' });
  });

  test('share a terminal: the note stands above the line in progress, which is gone at the end', async () => {
    const { stderr } = await outcomeOf(work, [], memorySurroundings({ stderr: new MemoryOutput(true) }));
    const line = 'encoding  4 of 10 rows (40 %)';
    expect(stderr).toBe(`\r\u001b[K${line}\r\u001b[Kone row is empty\n${line}\r\u001b[K`);
  });

  test('are left out with --quiet', async () => {
    expect(await outcomeOf(work, ['--quiet'])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('that nobody reads do not end the work', async () => {
    const surroundings = memorySurroundings({ stderr: new MemoryOutput(true) });
    surroundings.stderr.isClosed = true;
    const outcome = await outcomeOf(
      async ({ progress, result }) => {
        progress({ label: 'encoding', unit: 'rows' }).update(1);
        await result({}, 'done');
      },
      [],
      surroundings,
    );
    expect(outcome).toEqual({ exitCode: 0, stdout: 'done\n', stderr: '' });
  });
});

describe('an error', () => {
  test('of ours is one sentence and exit code 1, without a trace', async () => {
    expect(await outcomeOf(failing(new ArgumentError('k is 0')))).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'error: k is 0\n',
    });
  });

  test('in usage says where to read on and has exit code 2', async () => {
    const { exitCode, stderr } = await outcomeOf(failing(new UsageError('two is one too many')));
    expect([exitCode, stderr]).toEqual([2, 'error: two is one too many\nSee program work --help\n']);
  });

  test('is JSON on standard output with --json, whatever its kind', async () => {
    const json = ['--json'];
    expect(await outcomeOf(failing(new ArgumentError('k is 0')), json)).toEqual({
      exitCode: 1,
      stdout: '{"error":{"code":"ARGUMENT","message":"k is 0"}}\n',
      stderr: '',
    });
    const unknown = await outcomeOf(async () => undefined, ['--jsn', '--json']);
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, '']);
    expect(JSON.parse(unknown.stdout)).toEqual({
      error: { code: 'USAGE', message: "unknown option '--jsn' (Did you mean --json?)" },
    });
  });

  test('of standard output itself is told on standard error', async () => {
    const surroundings = memorySurroundings();
    surroundings.stdout.isClosed = true;
    const { stderr } = await outcomeOf(failing(new ArgumentError('k is 0')), ['--json'], surroundings);
    expect(stderr).toBe('{"error":{"code":"ARGUMENT","message":"k is 0"}}\n');
  });

  test('shows its trace and cause with --debug or SENTENCE_MTL_DEBUG', async () => {
    const error = new ArgumentError('k is 0', { cause: new RangeError('inner') });
    const debug = memorySurroundings({ environment: { SENTENCE_MTL_DEBUG: '1' } });
    const outcomes = [await outcomeOf(failing(error), ['--debug']), await outcomeOf(failing(error), [], debug)];
    for (const { stderr } of outcomes)
      expect(stderr).toMatch(/^error: k is 0\nArgumentError: k is 0\n +at [^]*RangeError: inner/);
  });

  test('that nobody meant says so', async () => {
    const { exitCode, stderr } = await outcomeOf(failing(new TypeError('x is not a function')));
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'error: x is not a function\nthis is a fault of sentence-mtl: please report it together with what --debug shows\n',
    );
  });

  test('of the system is told as the system tells it', async () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    const { stderr } = await outcomeOf(failing(error));
    expect(stderr).toBe('error: ENOSPC: no space left on device, write\n');
  });

  test.each([
    ['red on a terminal', true, {}, '\u001b[31merror:\u001b[39m k is 0\n'],
    ['plain with NO_COLOR', true, { NO_COLOR: '0' }, 'error: k is 0\n'],
    ['plain in a pipe', false, {}, 'error: k is 0\n'],
  ])('is %s', async (_, isTerminal, environment, text) => {
    const surroundings = memorySurroundings({ stderr: new MemoryOutput(isTerminal), environment });
    const { stderr } = await outcomeOf(failing(new ArgumentError('k is 0')), [], surroundings);
    expect(stderr).toBe(text);
  });
});

describe('an interruption', () => {
  test('asks to stop, then to quit, and gives the exit code of the signal', async () => {
    const surroundings = memorySurroundings();
    const { interruption } = surroundings;
    const outcome = await outcomeOf(
      async ({ stop, quit, commandLineWith }) => {
        expect([stop.aborted, quit.aborted]).toEqual([false, false]);
        interruption.receive('SIGINT');
        expect([stop.aborted, quit.aborted]).toEqual([true, false]);
        interruption.receive('SIGINT');
        expect([stop.aborted, quit.aborted]).toEqual([true, true]);
        throw new InterruptedError(`stopped after 3 rows; go on with: ${commandLineWith('--resume')}`);
      },
      ['-q'],
      surroundings,
    );
    expect(outcome).toEqual({
      exitCode: 130,
      stdout: '',
      stderr:
        'Finishing what is in hand and saving; Ctrl-C again leaves as soon as what is computed now is done.\nstopped after 3 rows; go on with: program work --resume -q\n',
    });
  });

  test('comes out of whatever waits for the signal', async () => {
    const surroundings = memorySurroundings();
    const outcome = await outcomeOf(
      async ({ stop }) => {
        surroundings.interruption.receive('SIGTERM');
        stop.throwIfAborted();
      },
      ['--json'],
      surroundings,
    );
    expect(outcome).toMatchObject({
      exitCode: 143,
      stdout: '{"error":{"code":"INTERRUPTED","message":"interrupted"}}\n',
    });
  });

  test('that comes too late changes nothing', async () => {
    const surroundings = memorySurroundings();
    const outcome = await outcomeOf(async () => surroundings.interruption.receive('SIGINT'), [], surroundings);
    expect(outcome.exitCode).toBe(0);
  });
});

test('paths of the command line are taken from the working directory', async () => {
  const { stdout } = await outcomeOf(async ({ resolve, result }) => result({}, `${resolve('a/b')} ${resolve('/c')}`));
  expect(stdout).toBe('/there/a/b /c\n');
});
