// An optimizer's state as a checkpoint holds it: named tensors for a safetensors file, and a record for JSON. The names
// depend on slots and paths only, so that they stay the same whatever else is in the model.
import { ArgumentError, type HostTensor, type Parameters } from '@sentence-mtl/core';
import type { OptimizerState } from './optimizer-state.ts';

/** The numbers of a state, for JSON. */
export interface StateRecord {
  readonly version: 1;
  readonly step: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly labels: Readonly<Record<string, string>>;
}

export interface PackedState {
  /** Named by slot and path: `adam.firstMoment/heads.intent.output.weight`. Views, where the state's arrays are. */
  readonly tensors: Parameters;
  readonly record: StateRecord;
}

/** Neither slots nor paths contain it. */
const SEPARATOR = '/';

/** A state in the form of a checkpoint. */
export function packState({ step, counts, labels, slots }: OptimizerState): PackedState {
  const tensors = new Map<string, HostTensor<'float32'>>();
  for (const [slot, arrays] of slots) {
    for (const [path, tensor] of arrays) tensors.set(slot + SEPARATOR + path, tensor);
  }
  const record = { version: 1, step, counts: Object.fromEntries(counts), labels: Object.fromEntries(labels) } as const;
  return { tensors, record };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
};

function entriesOf<T>(
  record: Readonly<Record<string, unknown>>,
  field: string,
  fits: (value: unknown) => value is T,
): ReadonlyMap<string, T> {
  const given = record[field];
  if (!isRecord(given)) throw new ArgumentError(`the record of an optimizer's state has no object "${field}"`);
  const entries = Object.entries(given).map(([path, value]) => {
    if (fits(value)) return [path, value] as const;
    throw new ArgumentError(`the record of an optimizer's state has ${JSON.stringify(value)} in "${field}" of ${path}`);
  });
  return new Map(entries);
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isText = (value: unknown): value is string => typeof value === 'string';

/**
 * The state that was packed, bit for bit. Whether it fits an optimizer is for `restore` to say.
 * @throws ArgumentError when the record is not one of this version, or a tensor's name is not a slot and a path
 */
export function unpackState(tensors: Parameters, record: unknown): OptimizerState {
  if (!isRecord(record) || record['version'] !== 1 || !isNumber(record['step'])) {
    throw new ArgumentError("the record of an optimizer's state must be an object with version 1 and a step");
  }
  const slots = new Map<string, Map<string, HostTensor<'float32'>>>();
  for (const [name, tensor] of tensors) {
    const [slot = '', path = '', ...more] = name.split(SEPARATOR);
    if (slot === '' || path === '' || more.length > 0) {
      throw new ArgumentError(`"${name}" is not a tensor of an optimizer's state, which is named slot/path`);
    }
    slots.set(slot, (slots.get(slot) ?? new Map<string, HostTensor<'float32'>>()).set(path, tensor));
  }
  return {
    step: record['step'],
    counts: entriesOf(record, 'counts', isNumber),
    labels: entriesOf(record, 'labels', isText),
    slots,
  };
}
