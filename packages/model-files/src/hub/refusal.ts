import { HubError } from '../errors.ts';
import type { HubSettings } from './hub-settings.ts';
import type { ModelId } from './model-id.ts';

/** What an answer other than success means, in a sentence that says what to do. */
export function refusal(response: Response, { name, revision }: ModelId, { endpoint, token }: HubSettings): HubError {
  const code = response.headers.get('x-error-code');
  const access = `ask for access on its page ${endpoint}/${name}, then set HF_TOKEN to a token of your account`;
  if (code === 'GatedRepo' || response.status === 403)
    return new HubError('gated', `${name} is a gated model; ${access}`);
  if (response.status === 404 && code === 'RevisionNotFound')
    return new HubError('unknown', `${name} has no branch, tag or commit "${revision}"`);
  if (response.status === 401 && token !== undefined) {
    return new HubError(
      'unauthorised',
      `${endpoint} refuses ${name} with the token of HF_TOKEN; check that the token is valid and the id is spelt right`,
    );
  }
  if (response.status === 401 || response.status === 404) {
    return new HubError(
      'unknown',
      `${endpoint} knows no model ${name}; check its spelling, or if it is private set HF_TOKEN`,
    );
  }
  return new HubError('answer', `${endpoint} answered ${response.status} for ${name}; try again later`);
}
