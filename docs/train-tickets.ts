// What the pages read: tickets.csv, and a run that was trained with it, in a folder that the examples run in.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';

export const WORKPLACE = new URL('.results/workplace/', import.meta.url);
const PROGRAM = new URL('../apps/cli/dist/main.js', import.meta.url).pathname;
const SETTINGS = ['--epochs', '5', '--freeze', 'encoder', '--no-baselines', '--quiet'];

/** Before the pages: `runs/tickets` in the workplace. */
export default function trainTickets(): void {
  rmSync(WORKPLACE, { recursive: true, force: true });
  mkdirSync(WORKPLACE, { recursive: true });
  copyFileSync(new URL('../examples/tickets/tickets.csv', import.meta.url), new URL('tickets.csv', WORKPLACE));
  execFileSync(process.execPath, [PROGRAM, 'train', 'tickets.csv', '--out', 'runs/tickets', ...SETTINGS], {
    cwd: WORKPLACE,
  });
}
