import { nearestMatch } from '@sentence-mtl/core';
import { DataFileError } from '../errors.ts';

/** Which columns, or keys of an object, are what. */
export interface ColumnRoles {
  /** Default: `text`. */
  readonly text?: string;
  /** Default: `text_a`. */
  readonly textA?: string;
  /** Default: `text_b`. */
  readonly textB?: string;
  /** Default: `score`. */
  readonly score?: string;
  /**
   * The columns that are labels, each for the task of its name. Default: in CSV, TSV and Parquet all columns that are
   * nothing else; in JSON Lines none but what stands in `labels`.
   */
  readonly labels?: readonly string[];
}

/** Roles with nothing left open. */
export interface NamedColumns {
  readonly text: string;
  readonly textA: string;
  readonly textB: string;
  readonly score: string;
  readonly isLabel: (name: string) => boolean;
  /** Whether the format has columns only, and so no `labels` object. */
  readonly isTable: boolean;
}

/** The roles with every name given. */
export function nameColumns(roles: ColumnRoles, isTable: boolean): NamedColumns {
  const labels = roles.labels === undefined ? undefined : new Set(roles.labels);
  return {
    text: roles.text ?? 'text',
    textA: roles.textA ?? 'text_a',
    textB: roles.textB ?? 'text_b',
    score: roles.score ?? 'score',
    isLabel: (name) => labels?.has(name) ?? (isTable && name !== ''),
    isTable,
  };
}

function quotedNames(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}

/**
 * Looks once at the columns of a table, so that a missing one is not reported for each row.
 *
 * @throws DataFileError where there is no column of texts, or a label's column is missing
 */
export function checkTable(names: readonly string[], roles: ColumnRoles, columns: NamedColumns, file: string): void {
  const { text, textA, textB } = columns;
  const wanted = names.includes(textA) ? [textA, textB] : names.includes(textB) ? [textA] : [text];
  const missing = [...wanted, ...(roles.labels ?? [])].find((name) => !names.includes(name));
  if (missing === undefined) return;
  const nearest = nearestMatch(missing, names);
  const how = missing === text ? ', by --text-column or columns.text' : '';
  const remedy = nearest === undefined ? `say which column is meant${how}` : `is "${nearest}" meant? Say so${how}`;
  throw new DataFileError(`${file}: there is no column "${missing}" among ${quotedNames(names)}; ${remedy}`);
}
