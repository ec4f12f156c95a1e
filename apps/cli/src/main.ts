#!/usr/bin/env node
// The one file that touches the process: it hands the process to the program, and never ends it by force, since a run
// of the native runtime that is cut short takes the process down with an abort.
import { Interruption, type EndSignal } from './command-line/interruption.ts';
import { outputTo } from './command-line/output.ts';
import { runCommandLine } from './command-line/run-command-line.ts';
import { sentenceMtlProgram } from './program.ts';

const interruption = new Interruption();
for (const signal of ['SIGINT', 'SIGTERM'] satisfies EndSignal[]) {
  const receive = (): void => {
    // After the second, the system's own way holds again: a third ends the process on the spot.
    if (interruption.stop.aborted) process.removeListener(signal, receive);
    interruption.receive(signal);
  };
  process.on(signal, receive);
}

process.exitCode = await runCommandLine(process.argv.slice(2), sentenceMtlProgram(), {
  stdin: process.stdin,
  stdout: outputTo(process.stdout, process.env),
  stderr: outputTo(process.stderr, process.env),
  environment: process.env,
  now: () => performance.now(),
  date: () => new Date(),
  // Node gives it in units of 1024 bytes, on every system.
  peakMemory: () => 1024 * process.resourceUsage().maxRSS,
  workingDirectory: process.cwd(),
  interruption,
});
// Unread input must not keep the process alive.
process.stdin.destroy();
