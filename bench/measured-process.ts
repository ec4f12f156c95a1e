// A fresh process that runs a program and, when it ends, tells what it took: measured-process.js PROGRAM [arguments].
import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ownCpuSeconds, peakMemoryMb } from './machine.ts';

/** The file descriptor that the figures go to: the program may print what it likes. */
const FIGURES = 3;

process.on('exit', () => {
  writeSync(FIGURES, JSON.stringify({ cpuSeconds: ownCpuSeconds(), memoryMb: peakMemoryMb() }));
});
// The program finds its own name and arguments where it looks for them.
process.argv.splice(1, 1);
await import(pathToFileURL(process.argv[1] ?? '').href);
