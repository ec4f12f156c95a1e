import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runBuiltProgram, TINY_MODEL } from './run-built-program.test.support.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

test('help and version go to standard output', async () => {
  const help = await runBuiltProgram(['--help']);
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  expect(help.stdout).toMatch(/^Usage: sentence-mtl \[options\] \[command\]\n/);
  expect(await runBuiltProgram(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

test('without a command the help is a complaint', async () => {
  const run = await runBuiltProgram([]);
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toMatch(/^Usage: sentence-mtl/);
});

test('a typo in a command or an option is met with the nearest name and exit code 2', async () => {
  expect(await runBuiltProgram(['inspct', 'x'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: "error: unknown command 'inspct' (Did you mean inspect?)\nSee sentence-mtl --help\n",
  });
  const option = await runBuiltProgram(['inspect', TINY_MODEL, '--jsn']);
  expect(option.stderr).toBe("error: unknown option '--jsn' (Did you mean --json?)\nSee sentence-mtl inspect --help\n");
});

test('a result is JSON and nothing else with --json, an error too', async () => {
  const found = await runBuiltProgram(['inspect', TINY_MODEL, '--json']);
  expect(found).toMatchObject({ exitCode: 0, stderr: '' });
  expect(JSON.parse(found.stdout)).toMatchObject({ embeddingDimension: 8 });
  const missing = await runBuiltProgram(['inspect', '/no/such/folder', '--json']);
  expect(missing).toMatchObject({ exitCode: 1, stderr: '' });
  expect(JSON.parse(missing.stdout)).toMatchObject({
    error: { code: expect.any(String), message: expect.any(String) },
  });
});

test('an error of ours has no trace, unless the environment asks for it', async () => {
  const words = ['inspect', '/no/such/folder'];
  expect((await runBuiltProgram(words)).stderr).toMatch(/^error: [^\n]+\n$/);
  expect((await runBuiltProgram(words, { environment: { SENTENCE_MTL_DEBUG: '1' } })).stderr).toMatch(/\n +at /);
});

test('an input that is still open does not keep the program alive', async () => {
  const run = await runBuiltProgram(['encode', '-', '--model', '/no/such/folder'], { input: undefined });
  expect(run).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(/^error: [^\n]+\n$/) });
});

test.skipIf(process.platform === 'win32')('a reader that leaves ends the program quietly', async () => {
  const run = await runBuiltProgram(['inspect', TINY_MODEL], { during: (child) => child.stdout?.destroy() });
  expect(run).toEqual({ exitCode: 141, stdout: '', stderr: '' });
});
