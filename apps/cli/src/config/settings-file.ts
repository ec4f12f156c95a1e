// A config file: YAML, of which JSON is a part, so that both are read alike and every problem has a line.
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { explainSystemError, nearestMatch, SentenceMtlError } from '@sentence-mtl/core';
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { withAbsolutePaths } from './setting-flags.ts';
import { settingProblem } from './setting-problem.ts';
import { SETTINGS, settingsSchema, type Settings } from './settings.ts';

/** A config file cannot be read, or says something that is no setting; the message has a line for each problem. */
class ConfigError extends SentenceMtlError {
  readonly code = 'CONFIG';
}

type Issue = z.core.$ZodIssue;

interface ParsedFile {
  readonly path: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** Where a value, or a key of it, begins in the file; 0 where that is not known. */
function offsetOf({ document }: ParsedFile, keys: readonly PropertyKey[], key?: string): number {
  const names = keys.map((each) => (typeof each === 'symbol' ? each.toString() : each));
  const node: unknown = names.length === 0 ? document.contents : document.getIn(names, true);
  const pair =
    isMap(node) && key !== undefined
      ? node.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
  const found: unknown = pair === undefined ? node : pair.key;
  const range = typeof found === 'object' && found !== null && 'range' in found ? found.range : undefined;
  return Array.isArray(range) ? Number(range[0]) : 0;
}

/** What is wrong, and where it begins. */
interface Problem {
  readonly offset: number;
  readonly message: string;
}

/** All problems of a file, in its order, a line each. */
function problemsError({ path, lines }: ParsedFile, problems: readonly Problem[]): ConfigError {
  const texts = problems
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ offset, message }) => {
      const { line, col } = lines.linePos(offset);
      return `${path}:${line}:${col}: ${message}`;
    });
  return new ConfigError(texts.join('\n'));
}

function unknownKey(key: string): string {
  const names = Object.keys(SETTINGS);
  const nearest = nearestMatch(key, names);
  return `"${key}" is no setting; ${nearest === undefined ? `they are ${names.join(', ')}` : `did you mean "${nearest}"?`}`;
}

function problemsOf(file: ParsedFile, issue: Issue): readonly Problem[] {
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
    return issue.keys.map((key) => ({ offset: offsetOf(file, [], key), message: unknownKey(key) }));
  }
  const name = issue.path.join('.');
  return [{ offset: offsetOf(file, issue.path), message: `${name === '' ? '' : `${name}: `}${issue.message}` }];
}

function parseFile(path: string, text: string): ParsedFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const file = { path, document, lines };
  if (document.errors.length === 0) return file;
  throw problemsError(
    file,
    document.errors.map(({ pos, message }) => ({ offset: pos[0], message })),
  );
}

/**
 * The settings that a file gives; paths in it start from its folder and are made absolute.
 *
 * @throws ConfigError with file, line and column of each problem
 */
export async function readSettingsFile(path: string): Promise<Partial<Record<keyof Settings, unknown>>> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new ConfigError(`cannot read ${path}: ${explainSystemError(error)}`, { cause: error });
  });
  const file = parseFile(path, text.replace(/^\ufeff/, ''));
  // What names the schema is for editors.
  if (isMap(file.document.contents)) file.document.delete('$schema');
  const given: unknown = file.document.toJS() ?? {};
  const { error } = settingsSchema.safeParse(given, { error: settingProblem });
  if (error !== undefined) {
    throw problemsError(
      file,
      error.issues.flatMap((issue) => problemsOf(file, issue)),
    );
  }
  return withAbsolutePaths(given as Partial<Record<keyof Settings, unknown>>, {
    resolve: (each) => resolve(dirname(path), each),
  });
}
