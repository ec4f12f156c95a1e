// check-data on a large file, in a fresh process: megabytes of JSON Lines in a second of processor time, and memory, beside
// what reading the same file and JSON.parse of each of its lines take.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeGeneratedRows } from './generated-rows.ts';
import { describeMachine, OtherProcesses, ownCpuSeconds } from './machine.ts';
import { report } from './report.ts';
import { ScratchFolder } from './scratch-folder.ts';
import { spreadOf } from './spread.ts';

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '200' },
    repeats: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});

const MEGABYTE = 1e6;
/** What is read once, or of a sample, whatever the size of a file: 25 000 rows have a whole sample of token lengths. */
const START_MEGABYTES = 5;
const BLOCK_BYTES = 1 << 16;
const LINE_FEED = 0x0a;

const measuredProcess = fileURLToPath(new URL('measured-process.js', import.meta.url));
const program = fileURLToPath(new URL('main.js', import.meta.resolve('sentence-mtl')));

interface Usage {
  readonly cpuSeconds: number;
  readonly memoryMb: number;
}

/** What the command takes, from the start of its process to its end. */
async function checkData(path: string): Promise<Usage> {
  const child = spawn(process.execPath, [measuredProcess, program, 'check-data', path, '--quiet'], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  const figures = child.stdio[3];
  if (figures === null || figures === undefined || !('readable' in figures)) throw new Error('no pipe was opened');
  return JSON.parse(await text(figures)) as Usage;
}

/** Seconds of processor time of reading a file, and of JSON.parse of each of its lines as well, on one thread. */
function parseSeconds(path: string, parses: boolean): number {
  const file = openSync(path, 'r');
  const start = ownCpuSeconds();
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  for (let rest = 0; ;) {
    const length = rest + readSync(file, block, rest, BLOCK_BYTES - rest, null);
    if (length === rest) break;
    const end = block.lastIndexOf(LINE_FEED, length - 1) + 1;
    // Latin-1 is the fastest way to a string; which letters come out does not change the cost of parsing.
    const lines = block.toString('latin1', 0, end);
    for (let from = 0; parses && from < lines.length;) {
      const feed = lines.indexOf('\n', from);
      JSON.parse(lines.slice(from, feed));
      from = feed + 1;
    }
    block.copyWithin(0, end, length);
    rest = length - end;
  }
  closeSync(file);
  return ownCpuSeconds() - start;
}

using folder = new ScratchFolder();
const path = folder.of('rows.jsonl');
const { rows, bytes } = writeGeneratedRows(path, Number(values.megabytes) * MEGABYTE);
const few = folder.of('few.jsonl');
const start = writeGeneratedRows(few, START_MEGABYTES * MEGABYTE);
const others = new OtherProcesses();
const usages: Usage[] = [];
const starts: number[] = [];
const [reading, parsing]: [number[], number[]] = [[], []];
for (let round = 0; round < Number(values.repeats); round++) {
  starts.push((await checkData(few)).cpuSeconds);
  usages.push(await checkData(path));
  await others.during(async () => {
    reading.push(parseSeconds(path, false));
    parsing.push(parseSeconds(path, true));
  });
}
const speed = (seconds: readonly number[], read = bytes) => spreadOf(seconds.map((each) => read / MEGABYTE / each));
const checked = speed(usages.map(({ cpuSeconds }) => cpuSeconds));
const marginal = speed(
  usages.map(({ cpuSeconds }, round) => cpuSeconds - (starts[round] ?? 0)),
  bytes - start.bytes,
);
const floor = speed(parsing);
const memoryMb = Math.max(...usages.map((usage) => usage.memoryMb));
const table = [
  { what: 'read the file', ...speed(reading), 'peak MB': '' },
  { what: 'JSON.parse of each line', ...floor, 'peak MB': '' },
  { what: 'check-data, start to end', ...checked, 'peak MB': memoryMb },
  { what: `check-data, without the first ${START_MEGABYTES} MB`, ...marginal, 'peak MB': '' },
];
const figures = {
  megabytes: Math.round(bytes / MEGABYTE),
  rows,
  bytesARow: Math.round(bytes / rows),
  megabytesACpuSecond: checked,
  megabytesACpuSecondBeyondStart: marginal,
  jsonParseMegabytesACpuSecond: floor,
  startSeconds: spreadOf(starts),
  memoryMb,
  othersShare: others.share,
};
report('check-data', describeMachine(), table, figures, values.json);
