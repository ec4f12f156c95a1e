// pnpm test: one turbo run over everything a change must pass, then one report and one count.
// turbo replays what did not change, so the count is taken from the reports that it stores, not from what is printed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { countTask } from './count-tasks.ts';
import { fixturesFolder } from './fixtures-folder.ts';
import { logNotes } from './log-notes.ts';
import { report } from './report.ts';
import { parseTurboSummary } from './turbo-summary.ts';

const TASKS = ['check-format', 'check-lint', 'check-structure', 'check-unused', 'build', 'check-package', 'test'];
const RESULTS = '.results/tests.json';
const SUMMARIES = '.turbo/runs';

const root = process.cwd();

function summaries(): readonly string[] {
  return existsSync(SUMMARIES) ? readdirSync(SUMMARIES) : [];
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** A report of an earlier run must not be counted: turbo restores those of cached tasks. */
function removeReports(): void {
  for (const group of ['packages', 'apps', 'tooling'].filter(existsSync)) {
    for (const name of readdirSync(group)) rmSync(join(group, name, '.results'), { recursive: true, force: true });
  }
}

removeReports();
const before = new Set(summaries());
const options = [
  '--continue=always',
  '--output-logs=errors-only',
  '--log-order=grouped',
  '--summarize',
  '--concurrency=100%',
];
spawnSync('turbo', ['run', ...TASKS, ...options], {
  stdio: ['ignore', 'inherit', 'inherit'],
  shell: process.platform === 'win32', // turbo is a .cmd file there
  env: {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: '1',
    SENTENCE_MTL_FIXTURES: fixturesFolder(root, process.env['SENTENCE_MTL_FIXTURES']),
  },
});
const summary = summaries().find((name) => !before.has(name));
const tasks = summary === undefined ? [] : parseTurboSummary(readFileSync(join(SUMMARIES, summary), 'utf8'));
const entries = tasks.map((task) => countTask(task, textOf(join(task.directory, RESULTS)), root));
const notes = tasks.flatMap(({ logFile }) => logNotes(textOf(logFile) ?? ''));
if (entries.length === 0) console.error('turbo wrote no summary of its run, so nothing can be counted');
console.log(report(entries, [...new Set(notes)]));
process.exitCode = entries.length > 0 && entries.every(({ failed }) => failed === 0) ? 0 : 1;
