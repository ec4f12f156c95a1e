import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { settingsJsonSchema } from '../config/json-schema.ts';
import { settingsOf } from '../config/run-settings.ts';
import { readSettingsFile } from '../config/settings-file.ts';
import { SETTINGS } from '../config/settings.ts';
import { QUICK, run, tickets, ticketsCsv } from './train.test.support.ts';

const folder = mkdtempSync(join(tmpdir(), 'init-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'configs'));
const csv = ticketsCsv(tickets(40));
writeFileSync(join(folder, 'tickets.csv'), csv);

test('the file that is written has every setting, and trains as it stands', async () => {
  const written = await run(['init', 'tickets.csv', '--out', 'configs/a.yaml'], folder);
  expect(written.exitCode, written.stderr).toBe(0);
  expect(written.stdout).toContain('sentence-mtl train --config configs/a.yaml --out run\n');
  const text = readFileSync(join(folder, 'configs/a.yaml'), 'utf8');
  expect(text).toMatch(/\n# intent: 40 rows, texts, 3 different\n# urgent: [^]*\ntasks:\n {2}intent: classification\n/);
  expect(text).toContain('\ntrain:\n  - ../tickets.csv\n');

  const given = await readSettingsFile(join(folder, 'configs/a.yaml'));
  expect(Object.keys(given)).toEqual(Object.keys(SETTINGS));
  const { train, tasks, ...others } = given;
  expect(train).toEqual([join(folder, 'tickets.csv')]);
  expect(tasks).toEqual({ intent: 'classification', urgent: 'classification', minutes: 'regression' });
  const defaults = Object.entries(SETTINGS).map(([name, setting]) => [name, setting.parse(undefined)]);
  expect(Object.fromEntries(defaults)).toEqual({ ...others, train: [], tasks: null });

  const words = ['train', '--config', 'configs/a.yaml', '--out', 'run', '--epochs', '1', ...QUICK];
  const trained = await run(words, folder);
  expect(trained.exitCode, trained.stderr).toBe(0);
  expect(JSON.parse(readFileSync(join(folder, 'run/train.json'), 'utf8'))).toMatchObject({
    epochs: 1,
    batchSize: 8,
    tasks,
  });
});

test('flags go into the file; one that is there is not written over', async () => {
  const words = ['init', 'tickets.csv', '--out', 'b.yaml', '--tasks', 'minutes:regression', '--seed', '7'];
  expect((await run(words, folder)).exitCode).toBe(0);
  expect(await readSettingsFile(join(folder, 'b.yaml'))).toMatchObject({ tasks: { minutes: 'regression' }, seed: 7 });
  const again = await run(words, folder);
  expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('b.yaml is there already')]);
});

test.each([
  [['init'], 2, 'no file of training rows is given'],
  [['init', 'nowhere.csv'], 1, 'it does not exist'],
  [['init', 'tickets.csv', '--task', 'intent'], 2, 'Did you mean --tasks?'],
])('%j is refused', async (words, exitCode, message) => {
  const ended = await run(words, folder);
  expect([ended.exitCode, ended.stderr]).toEqual([exitCode, expect.stringContaining(message)]);
});

test('a JSON file is read as YAML is, also with the schema that it names', async () => {
  writeFileSync(join(folder, 'c.json'), '{"$schema": "./train.schema.json", "epochs": 5, "learningRate": null}');
  expect(await readSettingsFile(join(folder, 'c.json'))).toEqual({ epochs: 5, learningRate: null });
});

test('flags override a config file, which overrides the defaults', async () => {
  writeFileSync(join(folder, 'd.yaml'), 'epochs: 5\nseed: 7\n');
  const context = { resolve: (path: string) => join(folder, path) };
  const settings = await settingsOf({ config: 'd.yaml', flags: { epochs: 9 }, train: ['x.csv'] }, context);
  expect(settings).toMatchObject({ epochs: 9, seed: 7, batchSize: 32, train: [join(folder, 'x.csv')] });
});

test('the JSON Schema in the package is that of the settings (`sentence-mtl init --schema` prints it)', async () => {
  const published: unknown = JSON.parse(readFileSync(new URL('../../train.schema.json', import.meta.url), 'utf8'));
  expect(published).toEqual(settingsJsonSchema());
  expect(JSON.parse((await run(['init', '--schema'], folder)).stdout)).toEqual(published);
  const { properties, additionalProperties, required } = settingsJsonSchema();
  expect(Object.keys(properties as object)).toEqual(['$schema', ...Object.keys(SETTINGS)]);
  expect([additionalProperties, required]).toEqual([false, undefined]);
});
