// Fresh processes, each timed from its start to its first embedding; --peer does the same with sentence-transformers.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { SentenceEncoder } from '@sentence-mtl/model';
import { fixturesFolder, usualModel } from './bench-fixtures.ts';
import { describeMachine, OtherProcesses } from './machine.ts';
import { runPeerScript } from './peer-script.ts';
import { report, type ReportRow } from './report.ts';
import { ScratchFolder } from './scratch-folder.ts';
import { spreadOf, type Spread } from './spread.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: usualModel },
    repeats: { type: 'string', default: '7' },
    peer: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const child = fileURLToPath(new URL('first-embedding.js', import.meta.url));

/** The seconds until a fresh process has its first embedding, and its largest resident size. */
async function coldStart(): Promise<{ readonly seconds: number; readonly memoryMb: number }> {
  const begin = performance.now();
  const started = spawn(process.execPath, [child, values.model], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: started.stdout })) {
    const seconds = (performance.now() - begin) / 1000;
    return { seconds, memoryMb: Number(line) };
  }
  throw new Error('the cold process failed');
}

async function peerColdStart(): Promise<{ readonly cold_start_s: Spread; readonly cold_peak_rss_mb: number }> {
  const engine = await onnxruntimeEngine();
  const encoder = await SentenceEncoder.load(values.model, { engine });
  using scratch = new ScratchFolder();
  await encoder.save(scratch.path);
  await engine.dispose();
  const options = ['--model', scratch.path, '--data', join(fixturesFolder, 'data'), '--cold', values.repeats];
  return await runPeerScript<{ readonly cold_start_s: Spread; readonly cold_peak_rss_mb: number }>(
    'encode.py',
    options,
  );
}

const others = new OtherProcesses();
const starts = await others.during(async () => {
  const all: Awaited<ReturnType<typeof coldStart>>[] = [];
  for (let i = 0; i < Number(values.repeats); i++) all.push(await coldStart());
  return all;
});
const ours = spreadOf(starts.map(({ seconds }) => seconds));
const memoryMb = Math.max(...starts.map(({ memoryMb: each }) => each));
const rows: ReportRow[] = [{ what: 'sentence-mtl', ...ours, memoryMb, ratio: '' }];
const peer = values.peer ? await peerColdStart() : undefined;
if (peer !== undefined) {
  const { cold_start_s: spread, cold_peak_rss_mb: peerMemory } = peer;
  const ratio = `${Math.round((spread.median / ours.median) * 10) / 10} times ours`;
  rows.push({ what: 'sentence-transformers', ...spread, memoryMb: peerMemory, ratio });
}
const figures = { model: values.model, seconds: ours, memoryMb, peer, othersShare: others.share };
report('cold-start', describeMachine(), rows, figures, values.json);
