import { ArgumentError } from '../errors.ts';
import { philox, type PhiloxStream } from './philox.ts';

/**
 * Names of streams. A child's identity (128 bits) is one Philox block of its parent: the label is the counter, and a
 * kind in the upper byte of the second counter word keeps labels of different kinds, and all draws, apart.
 */
export type StreamLabel = string | number;

const KIND = { number: 0x80000000, text: 0x81000000, textEnd: 0x82000000 } as const;

function absorb(stream: PhiloxStream, kind: number, low: number, high: number): PhiloxStream {
  const block = new Uint32Array(4);
  philox(stream, low, (kind | high) >>> 0, block, 0);
  const [key0 = 0, key1 = 0, counter2 = 0, counter3 = 0] = block;
  return [key0, key1, counter2, counter3];
}

/** The lower 32 and the upper 21 bits of an integer from 0 to 2⁵³ - 1. @throws ArgumentError for anything else */
function halves(value: number, what: string): [low: number, high: number] {
  if (Number.isSafeInteger(value) && value >= 0) return [value >>> 0, Math.floor(value / 2 ** 32)];
  throw new ArgumentError(`${what} is ${value}; it must be an integer from 0 to 2^53 - 1`);
}

/** The stream of a seed. @throws ArgumentError unless the seed is an integer from 0 to 2⁵³ - 1 */
export function seedStream(seed: number): PhiloxStream {
  const [low, high] = halves(seed, 'a seed');
  return [low, high, 0, 0];
}

/** The child stream of a name or a number. @throws ArgumentError unless a number is an integer from 0 to 2⁵³ - 1 */
export function splitStream(stream: PhiloxStream, label: StreamLabel): PhiloxStream {
  if (typeof label === 'number') return absorb(stream, KIND.number, ...halves(label, 'the number of a random stream'));
  let child = stream;
  for (let at = 0; at < label.length; at++) child = absorb(child, KIND.text, label.charCodeAt(at), 0);
  return absorb(child, KIND.textEnd, label.length, 0);
}
