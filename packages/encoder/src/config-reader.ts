import { nearestMatch } from '@sentence-mtl/core';
import { ACTIVATION_NAMES, type Activation } from './activation.ts';
import { EncoderConfigError } from './config-error.ts';

interface Limits {
  readonly least: number;
  readonly most?: number;
}

/** Takes checked values out of a parsed config.json, and says which key is wrong and what it may be. */
export class ConfigReader {
  readonly #json: Readonly<Record<string, unknown>>;
  readonly #source: string;

  /** @param source how messages name the file */
  constructor(json: unknown, source: string) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw new EncoderConfigError(`${source} is not an object of settings`);
    }
    this.#json = json as Readonly<Record<string, unknown>>;
    this.#source = source;
  }

  fail(message: string): EncoderConfigError {
    return new EncoderConfigError(`${this.#source}: ${message}`);
  }

  /** The value of a key of the file itself, inherited names left out. */
  value(key: string): unknown {
    return Object.hasOwn(this.#json, key) ? this.#json[key] : undefined;
  }

  #number(
    key: string,
    fallback: number | undefined,
    { least, most = Number.MAX_SAFE_INTEGER }: Limits,
    kind: string,
  ): number {
    const value = this.value(key) ?? fallback;
    if (value === undefined) throw this.fail(`"${key}" is missing`);
    if (typeof value === 'number' && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
    throw this.fail(`"${key}" is ${JSON.stringify(value)}; it must be ${kind} ${range}`);
  }

  /** A whole number. @throws EncoderConfigError where it is missing without a fallback, or out of its limits */
  integer(key: string, limits: Limits, fallback?: number): number {
    const value = this.#number(key, fallback, limits, 'a whole number');
    if (Number.isInteger(value)) return value;
    throw this.fail(`"${key}" is ${value}; it must be a whole number`);
  }

  /** A size: at least 1, at most 2²⁴, beyond which no encoder is. */
  size(key: string, fallback?: number): number {
    return this.integer(key, { least: 1, most: 2 ** 24 }, fallback);
  }

  /** A number of layers: at least 1, at most 1000, as each is a part of the program even where all share parameters. */
  layers(key: string, fallback?: number): number {
    return this.integer(key, { least: 1, most: 1000 }, fallback);
  }

  /** A probability below 1. */
  rate(key: string, fallback: number): number {
    const value = this.#number(key, fallback, { least: 0, most: 1 }, 'a number');
    if (value < 1) return value;
    throw this.fail(`"${key}" is 1; a dropout rate is below 1`);
  }

  /** A small positive number. */
  positive(key: string, fallback: number): number {
    const value = this.#number(key, fallback, { least: 0, most: 1 }, 'a number');
    if (value > 0) return value;
    throw this.fail(`"${key}" is 0; it must be above 0`);
  }

  activation(key: string, fallback: string): Activation {
    const name = this.value(key) ?? fallback;
    const known = Object.keys(ACTIVATION_NAMES);
    const activation =
      typeof name === 'string' && Object.hasOwn(ACTIVATION_NAMES, name) ? ACTIVATION_NAMES[name] : undefined;
    if (activation !== undefined) return activation;
    const nearest = typeof name === 'string' ? nearestMatch(name, known) : undefined;
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    throw this.fail(
      `"${key}" is ${JSON.stringify(name)}, which is not supported; supported are ${known.join(', ')}${hint}`,
    );
  }

  /** Refuses a setting that would change the computation. */
  requireValue(key: string, wanted: unknown, what: string): void {
    const value = this.value(key);
    if (value === undefined || value === null || value === wanted) return;
    throw this.fail(
      `"${key}" is ${JSON.stringify(value)}, which is not supported; supported is ${JSON.stringify(wanted)} (${what})`,
    );
  }
}
