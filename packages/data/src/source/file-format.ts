import { DataFileError } from '../errors.ts';

/** How rows are written in a file. */
export type DataFormat = 'jsonl' | 'csv' | 'tsv' | 'text' | 'parquet';

const BY_ENDING: Readonly<Record<string, DataFormat>> = {
  csv: 'csv',
  json: 'jsonl',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  parquet: 'parquet',
  tab: 'tsv',
  text: 'text',
  tsv: 'tsv',
  txt: 'text',
};

/** The format that a file's name tells, `.gz` or not. @throws DataFileError where it tells none */
export function formatOfName(name: string): DataFormat {
  const ending = /\.([a-z]+)(?:\.gz)?$/.exec(name.toLowerCase())?.[1] ?? '';
  const format = Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending] : undefined;
  if (format !== undefined) return format;
  const known = Object.keys(BY_ENDING).map((each) => `.${each}`);
  throw new DataFileError(
    `${name}: its name does not tell its format; give the format, or a name that ends in ${known.join(', ')}`,
  );
}
