import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalHub } from '@sentence-mtl/local-hub';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommandLine } from '../command-line/run-command-line.ts';
import { MemoryOutput, memorySurroundings } from '../command-line/surroundings.test.support.ts';
import { sentenceMtlProgram } from '../program.ts';
import { TINY_MODEL, runBuiltProgram } from '../run-built-program.test.support.ts';

let hub = new LocalHub();
let folder = '';
beforeEach(async () => {
  hub = new LocalHub();
  for (const path of readdirSync(TINY_MODEL, { recursive: true, encoding: 'utf8' })) {
    const file = join(TINY_MODEL, path);
    if (statSync(file).isFile()) hub.files.set(path, readFileSync(file));
  }
  await hub.start();
  folder = mkdtempSync(join(tmpdir(), 'find-model-'));
});
afterEach(() => {
  hub.stop();
  rmSync(folder, { recursive: true });
});

const environment = (more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  HF_ENDPOINT: hub.endpoint,
  HF_HOME: folder,
  ...more,
});

/** What `inspect` of a model says, on a terminal, with each line that was rewritten. */
async function inspected(source: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const stderr = new MemoryOutput(true);
  const surroundings = memorySurroundings({
    workingDirectory: folder,
    environment: environment({ NO_COLOR: '1', ...more }),
    stderr,
  });
  await runCommandLine(['inspect', source], sentenceMtlProgram(), surroundings);
  return stderr.text + surroundings.stdout.text;
}

function refuse(status: number, headers: Readonly<Record<string, string>> = {}): void {
  hub.intercept = (_, response) => {
    response.writeHead(status, { ...headers }).end();
    return true;
  };
}

test('a folder is taken from the working directory', async () => {
  cpSync(TINY_MODEL, join(folder, 'mine'), { recursive: true });
  expect(await inspected('mine')).toMatch(/^folder +\/.*mine\n/);
  expect(hub.requests).toEqual([]);
});

test('a model of the hub is fetched with progress, then taken from the cache, also offline', async () => {
  const first = await inspected('owner/model');
  expect(first).toContain('\r\u001b[Kdownloading model.safetensors  41.2 kB of 41.2 kB (100 %)');
  expect(first).toContain(`folder        ${folder}/hub/models--owner--model/snapshots/`);
  hub.stop();
  expect(await inspected('owner/model', { HF_HUB_OFFLINE: '1' })).toMatch(/^folder/);
});

test('the built program keeps its progress out of a pipe', async () => {
  const run = await runBuiltProgram(['inspect', 'owner/model'], { environment: environment() });
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
});

describe('each failure is one sentence that says what to do:', () => {
  test.each<[string, () => void, Readonly<Record<string, string>>, RegExp]>([
    [
      'unknown',
      () => refuse(404, { 'x-error-code': 'RepoNotFound' }),
      {},
      /knows no model owner\/model; check its spelling/,
    ],
    ['gated', () => refuse(403, { 'x-error-code': 'GatedRepo' }), {}, /is a gated model; ask for access on its page/],
    ['refused token', () => refuse(401), { HF_TOKEN: 'x' }, /check that the token is valid/],
    ['offline', () => undefined, { HF_HUB_OFFLINE: '1' }, /HF_HUB_OFFLINE forbids to fetch it; .*"minilm"/],
    ['no weights', () => hub.files.delete('model.safetensors'), {}, /has no weights as safetensors/],
  ])('%s', async (_, arrange, more, message) => {
    arrange();
    const said = await inspected('owner/model', more);
    expect(said.trimEnd().split('\n')).toHaveLength(1);
    expect(said).toMatch(message);
  });

  test('a broken file, which is not kept', async () => {
    hub.intercept = (request, response) => {
      if (request.url?.startsWith('/store/') !== true) return false;
      hub.send(request, response, Buffer.alloc(41_224), '"x"');
      return true;
    };
    expect(await inspected('owner/model')).toMatch(
      /error: there is no folder .*: model.safetensors of owner\/model came with a wrong checksum, twice/,
    );
  });
});
