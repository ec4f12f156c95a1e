// What of a model card only its publisher knows is kept with the run, so that a report that is made anew has it too.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '@sentence-mtl/core';
import { RunFileError, type CardOptions } from '@sentence-mtl/report';
import { z, type ZodType } from 'zod';
import { writeJson } from '../config/write-json.ts';

/** In the folder of a run. */
const CARD = 'card.json';

const schema: ZodType<CardOptions> = z.strictObject({
  name: z.string().optional(),
  license: z.string().optional(),
  languages: z.array(z.string()).optional(),
  datasets: z.array(z.string()).optional(),
});

/** What was given of the card of a run before. @throws RunFileError where the file is broken */
export async function readCardOptions(folder: string): Promise<CardOptions> {
  const path = join(folder, CARD);
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    if (systemErrorCode(cause) === 'ENOENT') return {};
    throw new RunFileError(
      `${path} is damaged; remove it, and give its values anew: --name, --license, --language, --dataset`,
      { cause },
    );
  }
}

export async function writeCardOptions(folder: string, options: CardOptions): Promise<void> {
  await writeJson(join(folder, CARD), options);
}
