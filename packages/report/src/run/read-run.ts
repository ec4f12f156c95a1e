import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { explainSystemError, systemErrorCode } from '@sentence-mtl/core';
import { z, type ZodType } from 'zod';
import { RunFileError } from '../errors.ts';
import { dataFactsSchema } from './data-facts.ts';
import { metricLineSchema, timingLineSchema } from './log-lines.ts';
import { resultsSchema } from './results.ts';
import { runConfigSchema } from './run-config.ts';
import type { RunRecord } from './run-record.ts';
import { testDetailsSchema } from './test-details.ts';

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw new RunFileError(`cannot read ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}

function parsed<T>(text: string, schema: ZodType<T>, place: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RunFileError(`${place} is no JSON: it is damaged; train the run again, or take the file from a copy`, {
      cause,
    });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path = [], message = '' } = result.error.issues[0] ?? {};
  throw new RunFileError(
    `${place}: ${path.map(String).join('.') || 'the whole'}: ${message}; it is not as this release writes it`,
  );
}

async function jsonOf<T>(folder: string, name: string, schema: ZodType<T>): Promise<T | undefined> {
  const path = join(folder, name);
  const text = await textOf(path);
  return text === undefined ? undefined : parsed(text, schema, path);
}

/** Lines of the kinds that are known. A last line without its end is one that a crash has cut. */
async function linesOf<T>(folder: string, name: string, schema: ZodType<T>): Promise<readonly T[]> {
  const path = join(folder, name);
  const lines = ((await textOf(path)) ?? '').split('\n').slice(0, -1);
  return lines.flatMap((line, i) => {
    const result = schema.safeParse(parsed(line, z.unknown(), `${path}:${i + 1}`));
    return result.success ? [result.data] : [];
  });
}

/**
 * Reads the folder of a run: config.json, which it must have, and train.json, data.json, results.json, test.json,
 * metrics.jsonl and timing.jsonl where they are there.
 *
 * @throws RunFileError where the folder is of no run, or a file of it is damaged
 */
export async function readRun(folder: string): Promise<RunRecord> {
  const config = await jsonOf(folder, 'config.json', runConfigSchema);
  if (config === undefined)
    throw new RunFileError(`${folder} has no config.json: it is not the folder of a run, as train --out makes one`);
  return {
    name: basename(resolve(folder)),
    config,
    settings: await jsonOf(folder, 'train.json', z.record(z.string(), z.unknown())),
    data: await jsonOf(folder, 'data.json', dataFactsSchema),
    results: await jsonOf(folder, 'results.json', resultsSchema),
    test: await jsonOf(folder, 'test.json', testDetailsSchema),
    metrics: await linesOf(folder, 'metrics.jsonl', metricLineSchema),
    timing: await linesOf(folder, 'timing.jsonl', timingLineSchema),
  };
}
