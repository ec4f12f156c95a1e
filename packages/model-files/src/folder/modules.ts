// `modules.json`: the chain of modules of a sentence-transformers folder.
import { ModelFileError } from '../errors.ts';
import { pathInside } from '../files/path-inside.ts';
import { isRecord, type JsonRecord } from '../files/read-json.ts';

export type ModuleKind = 'Transformer' | 'Pooling' | 'Dense' | 'Normalize';

export interface ModuleEntry {
  readonly kind: ModuleKind;
  /** Below the model's folder; '' is the folder itself. */
  readonly path: string;
}

const KINDS: readonly ModuleKind[] = ['Transformer', 'Pooling', 'Dense', 'Normalize'];

/** Dotted names differ between versions; their last part does not. */
function kindOf(type: unknown, where: string): ModuleKind {
  const text = typeof type === 'string' ? type : '';
  const kind = KINDS.find((each) => each === text.split('.').at(-1));
  if (kind !== undefined && text.startsWith('sentence_transformers.')) return kind;
  throw new ModelFileError(
    `${where} is of type ${JSON.stringify(type)}, which is not supported; supported are ${KINDS.join(', ')} of sentence_transformers`,
  );
}

function checkChain(entries: readonly ModuleEntry[], file: string): void {
  const chain = entries.map(({ kind }) => kind).join(' → ');
  if (/^Transformer( → Pooling( → Dense)*( → Normalize)?)?$/.test(chain)) return;
  throw new ModelFileError(
    `${file} has the modules ${chain === '' ? '(none)' : chain}; supported is Transformer → Pooling → any Dense → at most one Normalize`,
  );
}

/** @throws ModelFileError where a module is not supported, its path leaves the folder, or the chain is another */
export function parseModules(value: unknown, folder: string, file: string): readonly ModuleEntry[] {
  if (!Array.isArray(value)) throw new ModelFileError(`${file} does not hold a list of modules`);
  const entries = value.map((entry: unknown, index) => {
    const where = `${file}: module ${index}`;
    const record: JsonRecord = isRecord(entry) ? entry : {};
    const { path } = record;
    if (typeof path !== 'string') throw new ModelFileError(`${where} has no path`);
    pathInside(folder, path, file);
    return { kind: kindOf(record['type'], where), path };
  });
  checkChain(entries, file);
  return entries;
}

/** As versions up to 5 write it, which newer ones read. */
export function formatModules(entries: readonly ModuleEntry[]): unknown {
  return entries.map(({ kind, path }, index) => ({
    idx: index,
    name: String(index),
    path,
    type: `sentence_transformers.models.${kind}`,
  }));
}
