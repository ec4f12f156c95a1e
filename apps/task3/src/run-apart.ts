import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SentenceMtlError } from '@sentence-mtl/core';
import type { Answer, Job, JobResult } from './job.ts';

/** A scenario could not be run. */
class ScenarioError extends SentenceMtlError {
  readonly code = 'SCENARIO';
}

/**
 * Runs a job in a process of its own, which the signal ends.
 *
 * @throws ScenarioError where it ends without a result
 */
export async function runApart(job: Job, signal: AbortSignal): Promise<JobResult> {
  const child = fork(fileURLToPath(new URL('scenario-process.js', import.meta.url)), [JSON.stringify(job)], { signal });
  return new Promise((resolve, reject) => {
    let answer: Answer | undefined;
    child.on('message', (message) => (answer = message as Answer));
    // What the signal has ended is over at its exit only: until then it may write.
    child.on('error', (error) => signal.aborted || reject(error));
    child.on('exit', (code, signal) => {
      if (answer !== undefined && 'result' in answer) return resolve(answer.result);
      const end = `the process of a scenario ended with ${signal ?? `code ${code}`} before it was done`;
      return reject(new ScenarioError(answer?.mistake ?? end));
    });
  });
}
