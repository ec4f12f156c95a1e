import { z } from 'zod';
import { settingsSchema } from './settings.ts';

/** The JSON Schema of config files, by which editors complete and check them. */
export function settingsJsonSchema(): Readonly<Record<string, unknown>> {
  const { properties, ...schema } = z.toJSONSchema(settingsSchema, { io: 'input' });
  const description = 'Settings of `sentence-mtl train`; all may be left out.';
  return {
    ...schema,
    title: 'sentence-mtl train',
    description,
    properties: { $schema: { type: 'string' }, ...properties },
  };
}
