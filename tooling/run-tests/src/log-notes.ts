import { stripVTControlCharacters } from 'node:util';

const NOTE = /^(?:SKIPPED|ENGINES|INSTALLED) .*$/gm;

/** The lines of a task's log that are meant for the reader of the whole run; turbo keeps the log with the cached task. */
export function logNotes(log: string): readonly string[] {
  return [...new Set(Array.from(stripVTControlCharacters(log).matchAll(NOTE), ([line]) => line.trimEnd()))];
}
