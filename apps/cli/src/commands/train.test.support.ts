import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../command-line/run-command-line.ts';
import { memorySurroundings, type MemorySurroundings } from '../command-line/surroundings.test.support.ts';
import { sentenceMtlProgram } from '../program.ts';
import { TINY_MODEL } from '../run-built-program.test.support.ts';

export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. */
export async function run(
  words: readonly string[],
  workingDirectory: string,
  changes: Partial<MemorySurroundings> = {},
): Promise<CommandRun> {
  const surroundings = memorySurroundings({ workingDirectory, environment: { HF_HUB_OFFLINE: '1' }, ...changes });
  const exitCode = await runCommandLine(words, sentenceMtlProgram(), surroundings);
  return { exitCode, stdout: surroundings.stdout.text, stderr: surroundings.stderr.text };
}

/** A training of seconds: the smallest encoder, on one thread. */
export const QUICK: readonly string[] = [
  '--encoder',
  TINY_MODEL,
  '--threads',
  '1',
  '--batch-size',
  '8',
  '--head-learning-rate',
  '0.05',
];

const WORDS = {
  refund: ['money', 'back', 'refund', 'paid', 'twice', 'charge'],
  delivery: ['parcel', 'where', 'late', 'courier', 'address', 'arrived'],
  greeting: ['hello', 'good', 'morning', 'hi', 'there', 'day'],
} as const;
const INTENTS = Object.keys(WORDS) as (keyof typeof WORDS)[];

export interface Ticket {
  readonly text: string;
  readonly intent: string;
  readonly urgent: string;
  readonly minutes: string;
}

/** Texts whose words tell the intent; all are different. */
export function tickets(count: number, salt = 0): readonly Ticket[] {
  return Array.from({ length: count }, (_, row) => {
    const intent = INTENTS[(row + salt) % INTENTS.length] ?? 'refund';
    const words = [0, 1, 2].map((i) => WORDS[intent][(row * (i + 1) + i + salt) % 6]);
    const urgent = row % 4 === 0 ? 'yes' : row % 4 === 1 ? '' : 'no';
    return { text: `${words.join(' ')} ${row + salt}`, intent, urgent, minutes: (1.5 + (row % 7)).toFixed(2) };
  });
}

/** Tickets as a table with a header. */
export function ticketsCsv(rows: readonly Ticket[]): string {
  const lines = rows.map(({ text, intent, urgent, minutes }) => `${text},${intent},${urgent},${minutes}\n`);
  return `text,intent,urgent,minutes\n${lines.join('')}`;
}

/** The hashes of all files of a run by path, but of timing.jsonl and the report of it, which differ from run to run. */
export function filesOf(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !['timing.jsonl', 'report.html'].includes(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  return new Map(
    paths.map((path) => [path.slice(folder.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}
