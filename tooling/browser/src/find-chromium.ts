import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The Chromium to test with: the one that CHROME_PATH names, else the first on PATH; undefined where there is none.
 *
 * @throws {Error} CHROME_PATH is set and names no program: tests that were asked for must not be skipped in silence
 */
export function findChromium(environment: Readonly<NodeJS.ProcessEnv> = process.env): string | undefined {
  const asked = environment['CHROME_PATH'];
  if (asked !== undefined && asked !== '') {
    if (isProgram(asked)) return asked;
    throw new Error(`CHROME_PATH is ${asked}, which is no program; unset it to take the Chromium on PATH`);
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...APPLICATIONS].find(isProgram);
}

/** Why tests in a browser are skipped, as the line that a test prints; undefined where there is a browser. */
export const BROWSER_ABSENCE: string | undefined =
  findChromium() === undefined
    ? 'SKIPPED browser tests: no Chromium on PATH (apt-get install chromium, or set CHROME_PATH)'
    : undefined;
