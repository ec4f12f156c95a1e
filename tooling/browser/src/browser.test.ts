import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser } from './browser.ts';
import { BROWSER_ABSENCE } from './find-chromium.ts';
import { FolderServer } from './folder-server.ts';

if (BROWSER_ABSENCE !== undefined) console.log(BROWSER_ABSENCE);

const folder = mkdtempSync(join(tmpdir(), 'browser-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PAGE = `<!doctype html><title>a page</title><meta charset="utf-8">
<script type="module">
  import { twice } from './twice.mjs';
  console.log('hello');
  const colour = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  setTimeout(() => { globalThis.result = { twice: twice(21), isolated: crossOriginIsolated, colour, width: innerWidth }; });
</script>`;

writeFileSync(join(folder, 'index.html'), PAGE);
writeFileSync(join(folder, 'twice.mjs'), 'export const twice = (number) => 2 * number;');
writeFileSync(join(folder, 'wide.html'), '<div style="width: 500px">wide</div>');
writeFileSync(join(folder, 'broken.html'), '<script>throw new Error("broken")</script><img src="no.png">');
writeFileSync(join(folder, 'add.wasm'), Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));

test('a folder is served with content types, and nothing beside it', async () => {
  await using server = await FolderServer.start(folder, { files: { '/elsewhere.wasm': join(folder, 'add.wasm') } });
  const typeOf = async (path: string): Promise<string | null> =>
    (await fetch(new URL(path, server.url))).headers.get('content-type');
  expect(await typeOf('add.wasm')).toBe('application/wasm');
  expect(await typeOf('elsewhere.wasm')).toBe('application/wasm');
  expect(await typeOf('')).toBe('text/html; charset=utf-8');
  const outside = await fetch(`${server.url}..%2f..%2fetc%2fpasswd`);
  expect(outside.status).toBe(404);
  expect((await fetch(`${server.url}none.txt`)).status).toBe(404);
  expect(server.requests).toContain('/add.wasm');
});

/** For a machine that does other things meanwhile. */
const PATIENCE = 300_000;

describe.skipIf(BROWSER_ABSENCE !== undefined)(BROWSER_ABSENCE ?? 'in Chromium', { timeout: PATIENCE }, () => {
  let browser: Browser;
  let server: FolderServer;
  beforeAll(async () => {
    browser = await Browser.launch();
    server = await FolderServer.start(folder, { isolated: true });
  }, PATIENCE);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await browser[Symbol.asyncDispose]();
  }, PATIENCE);

  test('a page gives its result, its console and its requests', async () => {
    await using page = await browser.open(server.url, { width: 390, colorScheme: 'dark' });
    const result = await page.result('globalThis.result');
    expect(result).toEqual({ twice: 42, isolated: true, colour: 'dark', width: 390 });
    expect(page.messages).toEqual(['log: hello']);
    expect(page.requests).toEqual([server.url, `${server.url}twice.mjs`]);
    expect(page.errors).toEqual([]);
  });

  test('errors of a page are told, and a result that never comes says them', async () => {
    await using page = await browser.open(`${server.url}broken.html`);
    expect(page.errors.join()).toContain('broken');
    await expect(page.result('globalThis.never', 200)).rejects.toThrow(/no value after 200 ms; [^]*broken/);
  });

  test('a page that is wider than the window overflows', async () => {
    await using narrow = await browser.open(`${server.url}wide.html`, { width: 390 });
    await using wide = await browser.open(`${server.url}wide.html`);
    expect(await narrow.overflow()).toBeGreaterThan(100);
    expect(await wide.overflow()).toBe(0);
  });
});
