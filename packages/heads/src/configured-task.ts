import type { ZodType } from 'zod';
import { TaskConfigError } from './errors.ts';
import type { HeadConfig } from './head-config.ts';
import { checkedBySchema } from './schema-problems.ts';

/** A union of settings told apart by `type`, in which all else may be left out. */
export type TypedSettings<T> = T extends { readonly type: infer K }
  ? { readonly type: K } & Partial<Omit<T, 'type'>>
  : never;

/** Settings of a head; what is left out is as in the linear head on the normalised embedding. */
export type HeadSettings = Partial<HeadConfig>;

/**
 * A task's config, checked and filled with defaults.
 *
 * @param source what messages begin with
 * @throws TaskConfigError with a line for each thing that is wrong
 */
export function configuredTask<T>(schema: ZodType<T>, config: unknown, source: string): T {
  const checked = checkedBySchema(schema, config);
  if ('value' in checked) return checked.value;
  throw new TaskConfigError(checked.problems.map((problem) => `${source}: ${problem}`).join('\n'));
}
