/** Values by names that come from a file: there is no name that it has before it is given one, `constructor` neither. */
export type NameTable<Value> = Record<string, Value>;

// An object without a prototype would be a hash table to V8, at ten times the cost; one whose prototype has nothing is not.
const Table = function () {} as unknown as new () => NameTable<never>;
Table.prototype = Object.freeze(Object.create(null));

export function nameTable<Value>(): NameTable<Value> {
  return new Table();
}
