import { describe, expect, test } from 'vitest';
import { defineCommand } from './command.ts';
import { UsageError } from './errors.ts';
import { parseCommandLine, type ProgramDescription } from './parse-command-line.ts';

const paint = defineCommand({
  name: 'paint',
  summary: 'Paint a wall',
  details: 'Twice is better.',
  positionals: { wall: { help: 'which one' } },
  options: {
    colour: { kind: 'choice', value: 'COLOUR', choices: ['white', 'green'], default: 'white', help: 'of the paint' },
    coats: { kind: 'count', value: 'N', help: 'how many coats' },
    dryingTime: { kind: 'text', value: 'TIME', help: 'between coats' },
    shiny: { kind: 'switch', help: 'with gloss', negatedHelp: 'without gloss' },
    outside: { kind: 'flag', help: 'weatherproof' },
  },
  examples: [['program paint north --coats 2', 'two coats on the north wall']],
  run: async () => undefined,
});
const mix = defineCommand({
  name: 'mix',
  summary: 'Mix colours',
  positionals: { colours: { help: 'what goes in', atLeast: 2 } },
  options: {},
  examples: [],
  run: async () => undefined,
});
const program: ProgramDescription = {
  name: 'program',
  version: '1.2.3',
  summary: 'It paints.',
  commands: [paint, mix],
};

function valuesOf(...words: string[]): unknown {
  const request = parseCommandLine(words, program, 80);
  return request.kind === 'run' ? request.values : request;
}

function refusalOf(...words: string[]): string {
  try {
    parseCommandLine(words, program, 80);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error(`${words.join(' ')} was taken`);
}

function helpOf(...words: string[]): string {
  const request = parseCommandLine(words, program, 80);
  return request.kind === 'help' ? request.text : '';
}

describe('values', () => {
  test('have defaults where nothing is given', () => {
    expect(valuesOf('paint', 'north')).toEqual({ wall: 'north', colour: 'white', outside: false });
  });

  test('come from every kind of option', () => {
    const words = ['paint', 'north', '--colour=green', '--coats', '3', '--drying-time', '2 h', '--outside'];
    const values = { wall: 'north', colour: 'green', coats: 3, dryingTime: '2 h', outside: true };
    expect(valuesOf(...words, '--no-shiny')).toEqual({ ...values, shiny: false });
    expect(valuesOf(...words, '--shiny')).toEqual({ ...values, shiny: true });
  });

  test('may begin with a dash after two dashes, and - is a value', () => {
    expect(valuesOf('mix', '--', '-red', '--blue')).toEqual({ colours: ['-red', '--blue'] });
    expect(valuesOf('paint', '-')).toMatchObject({ wall: '-' });
  });

  test('never hold the options that all commands share', () => {
    const request = parseCommandLine(['mix', 'a', 'b', '--json', '-q', '--debug'], program, 80);
    expect(request).toMatchObject({ kind: 'run', values: {}, shared: { json: true, quiet: true } });
    expect(request.kind === 'run' && Object.keys(request.values)).toEqual(['colours']);
  });
});

test.each([
  [['pain', 'north'], "unknown command 'pain' (Did you mean paint?)"],
  [['paint', 'north', '--color', 'green'], "unknown option '--color' (Did you mean --colour?)"],
  [['--colour'], "unknown option '--colour'"],
  [['paint'], "missing required argument 'wall'"],
  [['paint', 'north', 'south'], "too many arguments for 'paint'. Expected 1 argument but got 2."],
  [
    ['paint', 'x', '--colour', 'gren'],
    "option '--colour <COLOUR>' argument 'gren' is invalid. It must be one of white, green. Did you mean green?",
  ],
  [['paint', 'x', '--coats', '0'], "argument '0' is invalid. It must be a whole number above 0."],
  [['paint', 'x', '--coats', '1e3'], "argument '1e3' is invalid. It must be a whole number above 0."],
  [['paint', 'x', '--coats', '99999999999999999999'], 'It must be a whole number above 0.'],
  [['paint', 'x', '--coats'], "option '--coats <N>' argument missing"],
  [['paint', 'x', '--drying-time', ''], "option '--drying-time <TIME>' argument '' is invalid. It must not be empty."],
  [['mix', 'red'], 'mix takes at least 2 colours, and 1 is given'],
])('%j is refused: %s', (words, message) => {
  expect(refusalOf(...words)).toContain(message);
});

describe('help', () => {
  test('lists the commands with their summaries', () => {
    expect(helpOf('--help')).toMatch(
      /paint \[options\] <wall>\s+Paint a wall\n\s+mix \[options\] <colours...>\s+Mix colours/,
    );
  });

  test('of a command has its details, options, choices and examples', () => {
    const help = helpOf('paint', '--help');
    expect(help).toContain('Paint a wall\n\nTwice is better.');
    expect(help).toMatch(/--colour <COLOUR>\s+of the paint: white, green \(default: "white"\)/);
    expect(help).toMatch(/--no-shiny\s+without gloss/);
    expect(help).toContain('Examples:\n  $ program paint north --coats 2\n    two coats on the north wall\n');
    expect(help).toBe(helpOf('help', 'paint'));
  });

  test('without a command is a complaint', () => {
    expect(parseCommandLine([], program, 80)).toMatchObject({ kind: 'help', asked: false });
    expect(parseCommandLine(['help'], program, 80)).toMatchObject({ kind: 'help', asked: true });
  });

  test('with --version is the version', () => {
    expect(parseCommandLine(['--version'], program, 80)).toEqual({ kind: 'help', text: '1.2.3\n', asked: true });
  });
});
