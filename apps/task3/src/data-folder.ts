import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArgumentError } from '@sentence-mtl/core';
import { GENERAL } from './scenarios.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const sample = fileURLToPath(new URL('../sample', import.meta.url));

const hasSets = (folder: string): boolean =>
  Object.values(GENERAL.sets).every((set) => existsSync(join(folder, set, 'train.jsonl')));

/**
 * The folder that is given; else the large fixtures, where they are there; else the sample beside this program.
 *
 * @throws ArgumentError where the folder that is given has not the data sets
 */
export function dataFolder(given: string | undefined, environment: NodeJS.ProcessEnv): string {
  const folder = given ?? resolve(root, environment['SENTENCE_MTL_FIXTURES'] ?? '../shared', 'data');
  if (hasSets(folder)) return folder;
  if (given === undefined) return sample;
  throw new ArgumentError(
    `${folder} has not the data sets ${Object.values(GENERAL.sets).join(' and ')}, a folder each`,
  );
}
