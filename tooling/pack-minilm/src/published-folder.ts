import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The large fixtures, which a bare clone does not have. */
export const fixturesFolder: string = resolve(root, process.env['SENTENCE_MTL_FIXTURES'] ?? '../shared');

/** all-MiniLM-L6-v2 as it is published, in float32. */
export const publishedFolder: string = resolve(fixturesFolder, 'models/all-MiniLM-L6-v2');

/** Why a test with the published model cannot run, in one line; undefined where it can. */
export const publishedAbsence: string | undefined = existsSync(publishedFolder)
  ? undefined
  : 'skipped: the published model is absent; SENTENCE_MTL_FIXTURES names the folder that holds models/';
