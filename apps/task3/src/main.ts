// pnpm task3 [--rows N] [--epochs N] …: what freezing does, measured. Each scenario trains the same model in a process of
// its own; one table says what it cost, what became of each task, and what follows from that.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SentenceMtlError } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { loadSentenceModel } from '@sentence-mtl/model';
import { hubSettings } from '@sentence-mtl/model-files';
import { dataFolder } from './data-folder.ts';
import { writeOldModel } from './old-model.ts';
import { markdownTable, tableRows, textTable } from './outcome-table.ts';
import type { Outcome } from './read-outcome.ts';
import { runApart } from './run-apart.ts';
import { GENERAL, SCENARIOS, SCIENTIFIC, WHOLLY_TRAINED } from './scenarios.ts';

/** What a shell makes of an end by Ctrl-C. */
const INTERRUPTED = 128 + constants.signals.SIGINT;

const OPTIONS = {
  data: { type: 'string' },
  rows: { type: 'string', default: '200' },
  'validation-rows': { type: 'string', default: '200' },
  epochs: { type: 'string', default: '3' },
  encoder: { type: 'string', default: 'minilm' },
  seed: { type: 'string', default: '42' },
  out: { type: 'string', default: fileURLToPath(new URL('../.results', import.meta.url)) },
} as const;

async function experiment(scratch: string, stop: AbortSignal): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const folder = dataFolder(values.data, process.env);
  const [epochs, seed] = [Number(values.epochs), Number(values.seed)];
  const data = { folder, rows: Number(values.rows), validationRows: Number(values['validation-rows']), seed };
  const encoder = await loadSentenceModel(values.encoder, { hub: hubSettings(process.env) });
  const [start, whole] = [join(scratch, 'old'), join(scratch, 'whole')];
  await writeOldModel(start, encoder, data, { engine: await onnxruntimeEngine(), scratch });
  const outcomes: Outcome[] = [];
  for (const [index, scenario] of SCENARIOS.entries()) {
    console.error(`${index + 1} of ${SCENARIOS.length}  ${scenario.domain.name} text, ${scenario.name}`);
    const isStartOfNext = scenario.domain === GENERAL && scenario.name === WHOLLY_TRAINED;
    const from = { start: scenario.domain === GENERAL ? start : whole, ...(isStartOfNext && { saveTo: whole }) };
    outcomes.push({ scenario, ...(await runApart({ scenario: index, ...from, scratch, data, epochs }, stop)) });
  }
  const tables = [GENERAL, SCIENTIFIC].map((domain) => {
    const own = outcomes.filter(({ scenario }) => scenario.domain === domain);
    const [before] = own;
    const rowsOfDomain = before === undefined ? [] : tableRows({ outcomes: own, before });
    return { domain, rows: rowsOfDomain };
  });
  console.log(`${folder}, ${data.rows} rows a task at most, ${epochs} epochs, accuracy on validation rows\n`);
  console.log(tables.map(({ domain, rows: lines }) => textTable(domain, lines)).join('\n\n'));
  await mkdir(values.out, { recursive: true });
  const conditions = { data, epochs, encoder: values.encoder };
  await writeFile(join(values.out, 'task3.json'), `${JSON.stringify({ conditions, outcomes, tables }, null, 2)}\n`);
  await writeFile(
    join(values.out, 'task3.md'),
    tables.map(({ domain, rows: lines }) => markdownTable(domain, lines)).join('\n'),
  );
  console.log(`\nSaved as ${join(values.out, 'task3.json')} and task3.md`);
}

const scratch = await mkdtemp(join(tmpdir(), 'task3-'));
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
try {
  await experiment(scratch, stop.signal);
} catch (error) {
  const isMistake = error instanceof SentenceMtlError || error instanceof TypeError;
  if (!isMistake) throw error;
  console.error(`task3: ${stop.signal.aborted ? 'interrupted' : error.message}`);
  process.exitCode = stop.signal.aborted ? INTERRUPTED : 1;
} finally {
  await rm(scratch, { recursive: true });
}
