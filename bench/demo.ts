// The demo's training over several seeds: its accuracy on the test rows; --peer trains the same rows with the same settings
// in PyTorch.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { trainingWords } from '@sentence-mtl/demo';
import { usualModel } from './bench-fixtures.ts';
import { describeMachine } from './machine.ts';
import { runPeerScript } from './peer-script.ts';
import { report, type ReportRow } from './report.ts';
import { ScratchFolder } from './scratch-folder.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    peer: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = fileURLToPath(new URL('../../apps/cli/dist/main.js', import.meta.url));

interface Round {
  readonly what: string;
  readonly seed: number;
  readonly accuracy: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Of the peer, which measures itself; of ours, a process of its own, it would be the process itself. */
  readonly othersShare?: number;
}

interface Results {
  readonly tasks: Readonly<Record<string, { readonly model: { readonly interval: { readonly value: number } } }>>;
}

async function ourRound(seed: number, run: string): Promise<Round> {
  const words = [PROGRAM, ...trainingWords(run), '--seed', `${seed}`, '--no-baselines', '--quiet'];
  const began = performance.now();
  await promisify(execFile)(process.execPath, words, { cwd: ROOT });
  const { tasks }: Results = JSON.parse(readFileSync(join(run, 'results.json'), 'utf8'));
  const accuracy = Object.fromEntries(Object.entries(tasks).map(([task, { model }]) => [task, model.interval.value]));
  const seconds = (performance.now() - began) / 1000;
  return { what: 'sentence-mtl', seed, accuracy, seconds };
}

interface PeerRun {
  readonly test_accuracy: Readonly<Record<string, number>>;
  readonly train_s: number;
}

async function peerRound(seed: number, run: string): Promise<Round> {
  const words = ['--model', usualModel, '--run', run];
  const threads = ['--seed', `${seed}`, '--threads', `${availableParallelism()}`];
  const { versions, ...peer } = await runPeerScript<PeerRun>('demo.py', [...words, ...threads]);
  return {
    what: `PyTorch ${versions['torch']}`,
    seed,
    accuracy: peer.test_accuracy,
    seconds: peer.train_s,
    othersShare: peer.others_share,
  };
}

const rounds: Round[] = [];
for (let seed = 1; seed <= Number(values.seeds); seed++) {
  using run = new ScratchFolder();
  rounds.push(await ourRound(seed, run.path));
  if (values.peer) rounds.push(await peerRound(seed, run.path));
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const rows: ReportRow[] = [...new Set(rounds.map(({ what }) => what))].map((what) => {
  const own = rounds.filter((each) => each.what === what);
  const accuracies = Object.keys(own[0]?.accuracy ?? {}).flatMap((task) => {
    const found = own.map(({ accuracy }) => accuracy[task] ?? NaN);
    return [
      [task, round(mean(found))] as const,
      [`${task} by seed`, found.map((each) => each.toFixed(4)).join(' ')] as const,
    ];
  });
  const seconds = Math.round(mean(own.map((each) => each.seconds)));
  return {
    what,
    ...Object.fromEntries(accuracies),
    seconds,
    'others’ share': own
      .map(({ othersShare }) => othersShare ?? '')
      .join(' ')
      .trim(),
  };
});
report('demo', describeMachine(), rows, { rounds }, values.json);
