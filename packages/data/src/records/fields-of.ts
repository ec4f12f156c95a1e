import { nameTable } from '../rows/name-table.ts';
import type { RawRecord } from './raw-record.ts';

/** Cells by the names of their columns. */
export function fieldsOf(cells: readonly unknown[], names: readonly string[]): RawRecord['fields'] {
  const fields = nameTable<unknown>();
  names.forEach((name, index) => {
    fields[name] = cells[index];
  });
  return fields;
}
