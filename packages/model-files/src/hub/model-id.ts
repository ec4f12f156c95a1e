import { HubError } from '../errors.ts';

/** A model of a hub, at a branch, tag or commit. */
export interface ModelId {
  /** `owner/name`, or `name` of the oldest models. */
  readonly name: string;
  readonly revision: string;
}

const PART = '[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?';
const NAME = new RegExp(`^${PART}(?:/${PART})?$`);
const REVISION = /^[A-Za-z0-9_][A-Za-z0-9_./+-]*$/;

/** Reads `owner/name` or `owner/name@revision`. @throws HubError where it is neither */
export function parseModelId(text: string): ModelId {
  const at = text.indexOf('@');
  const [name, revision] = at < 0 ? [text, 'main'] : [text.slice(0, at), text.slice(at + 1)];
  const sound = NAME.test(name) && !name.includes('--') && !name.includes('..') && name.length <= 96;
  if (sound && REVISION.test(revision) && !revision.split('/').some((part) => part === '..' || part === ''))
    return { name, revision };
  throw new HubError(
    'id',
    `${JSON.stringify(text)} is neither a folder nor the id of a model, owner/name or owner/name@revision`,
  );
}
