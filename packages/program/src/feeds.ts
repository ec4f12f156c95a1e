import { FeedError, nearestMatch, type HostTensor } from '@sentence-mtl/core';
import { bindDimension, isSymbol, symbolsOf, type Bindings } from './dimension.ts';
import { indexLimits } from './index-limits.ts';
import { bindShape, formatShape } from './shape.ts';
import type { Value } from './value.ts';
import type { VerifiableProgram } from './verify-program.ts';

type Tensors = Readonly<Record<string, HostTensor>>;

function checkNames(inputs: Readonly<Record<string, Value>>, feeds: Tensors): void {
  for (const name of Object.keys(feeds)) {
    if (Object.hasOwn(inputs, name)) continue;
    const nearest = nearestMatch(name, Object.keys(inputs));
    throw new FeedError(
      `the program has no input "${name}"${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
    );
  }
  const missing = Object.keys(inputs).filter((name) => !Object.hasOwn(feeds, name) || feeds[name] === undefined);
  if (missing.length > 0) throw new FeedError(`no tensor is fed for: ${missing.map((name) => `"${name}"`).join(', ')}`);
}

function checkTensor(name: string, { dtype, shape }: Value, tensor: HostTensor): void {
  const declared = `${dtype} ${formatShape(shape)}`;
  const given = `${tensor.dtype} ${formatShape(tensor.shape)}`;
  if (tensor.dtype !== dtype || tensor.shape.length !== shape.length) {
    throw new FeedError(`input "${name}" is ${declared}; it is fed ${given}`);
  }
  const elements = tensor.shape.reduce((product, size) => product * size, 1);
  if (tensor.data.length !== elements) {
    throw new FeedError(`input "${name}" is fed ${given}, ${elements} elements, with data of ${tensor.data.length}`);
  }
}

/** Gives each symbol the size that a feed has at an axis of that name. */
function bindSymbols(inputs: Readonly<Record<string, Value>>, feeds: Tensors): Bindings {
  const bindings: Record<string, number> = Object.create(null) as Record<string, number>;
  const boundBy: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, { shape }] of Object.entries(inputs)) {
    for (const [axis, dimension] of shape.entries()) {
      const size = feeds[name]?.shape[axis];
      if (typeof dimension === 'number' || !isSymbol(dimension) || size === undefined) continue;
      const bound = bindings[dimension];
      if (bound !== undefined && bound !== size) {
        throw new FeedError(
          `"${dimension}" is ${bound} in input "${boundBy[dimension]}" and ${size} in input "${name}"; it has one size in a run`,
        );
      }
      bindings[dimension] = size;
      boundBy[dimension] ??= name;
    }
  }
  return bindings;
}

function checkShape(name: string, { shape }: Value, tensor: HostTensor, bindings: Bindings): void {
  const unbound = shape.flatMap(symbolsOf).find((symbol) => bindings[symbol] === undefined);
  if (unbound !== undefined) {
    throw new FeedError(
      `the size of "${unbound}" in input "${name}" ${formatShape(shape)} follows from no input's axis`,
    );
  }
  const expected = bindShape(shape, bindings);
  if (expected.every((size, axis) => size === tensor.shape[axis])) return;
  throw new FeedError(
    `input "${name}" is ${formatShape(shape)}, here ${formatShape(expected)}; it is fed ${formatShape(tensor.shape)}`,
  );
}

function checkIndices(name: string, tensor: HostTensor, limit: number): void {
  const { data } = tensor;
  for (let i = 0; i < data.length; i++) {
    const index = data[i] ?? 0;
    if (index >= 0 && index < limit) continue;
    throw new FeedError(
      `input "${name}" has the index ${index} at element ${i}; the table it selects from has the rows 0 to ${limit - 1}`,
    );
  }
}

/**
 * Checks one tensor for each input and returns the sizes the symbols have in this run: names, dtypes, shapes (a
 * symbol has one size throughout, products such as `batch*sequence` included), data lengths, and the range of fed
 * values that select rows of a table.
 *
 * @throws FeedError naming the input, what it is and what was fed
 */
export function bindFeeds(program: VerifiableProgram, feeds: Tensors): Bindings {
  const { inputs } = program;
  checkNames(inputs, feeds);
  const entries = Object.entries(inputs).flatMap(([name, value]) => {
    const tensor = feeds[name];
    return tensor === undefined ? [] : [{ name, value, tensor }];
  });
  for (const { name, value, tensor } of entries) checkTensor(name, value, tensor);
  const bindings = bindSymbols(inputs, feeds);
  for (const { name, value, tensor } of entries) checkShape(name, value, tensor, bindings);
  const limits = indexLimits(program);
  for (const { name, tensor } of entries) {
    const rows = limits.get(name)?.map((limit) => bindDimension(limit, bindings));
    if (rows !== undefined) checkIndices(name, tensor, Math.min(...rows));
  }
  return bindings;
}
