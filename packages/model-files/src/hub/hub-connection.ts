// Requests to a hub: redirects followed by hand, so that the token stays with its host; failures that may pass tried
// again, later and later; everything else turned into a sentence.
import { HubError } from '../errors.ts';
import type { HubEvent } from './hub-event.ts';
import type { HubSettings } from './hub-settings.ts';

/** How to reach a hub; tests give their own `wait`. */
export interface HubConnection {
  readonly settings: HubSettings;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: HubEvent) => void;
  /** Sleeps; ends early, with its reason thrown, when the signal aborts. */
  readonly wait: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** An attempt that failed and may do better later. */
export class Transient extends Error {
  readonly retryAfter: number | undefined;

  constructor(message: string, retryAfter?: number, options?: ErrorOptions) {
    super(message, options);
    this.retryAfter = retryAfter;
  }
}

const ATTEMPTS = 5;
const MOST_REDIRECTS = 10;
/** A server that sends nothing for this long counts as gone. */
export const STALL_MILLISECONDS = 20_000;

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}

async function fetchOnce(
  url: string,
  headers: Readonly<Record<string, string>>,
  connection: HubConnection,
): Promise<Response> {
  // For the answer's head only: its body may take as long as it keeps coming.
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(new Error('no answer came')), STALL_MILLISECONDS);
  const signals = [stall.signal, ...(connection.signal === undefined ? [] : [connection.signal])];
  try {
    return await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.any(signals) });
  } catch (error) {
    connection.signal?.throwIfAborted();
    throw new Transient(reasonOf(error), undefined, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0 && seconds <= 120 ? seconds * 1000 : undefined;
}

/**
 * One request, redirects followed. The token goes to the host of the endpoint only.
 *
 * @throws Transient where a later attempt may succeed: no connection, 408, 429, 5xx
 */
export async function request(
  address: string,
  headers: Readonly<Record<string, string>>,
  connection: HubConnection,
): Promise<Response> {
  const { endpoint, token } = connection.settings;
  let url = address;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const isHub = new URL(url).origin === new URL(endpoint).origin;
    const authorization = isHub && token !== undefined ? { authorization: `Bearer ${token}` } : {};
    const response = await fetchOnce(url, { 'accept-encoding': 'identity', ...headers, ...authorization }, connection);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) {
      if (response.status < 500 && response.status !== 408 && response.status !== 429) return response;
      await response.body?.cancel();
      throw new Transient(`the server answered ${response.status}`, retryAfterOf(response));
    }
    await response.body?.cancel();
    url = new URL(location, url).href;
  }
  throw new HubError('answer', `${endpoint} redirects ${address} over and over`);
}

/**
 * Runs an attempt until it succeeds, at most five times without progress, waiting 0.5, 1, 2, 4 seconds between.
 *
 * @param progress a number that grows when an attempt got further, so that it counts afresh
 * @throws HubError of kind `network` with the last reason; errors other than {@link Transient} as they are
 */
export async function withRetries<T>(
  what: string,
  connection: HubConnection,
  attempt: () => Promise<T>,
  progress: () => number = () => 0,
): Promise<T> {
  let before = progress();
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Transient)) throw error;
      if (progress() > before) [failures, before] = [1, progress()];
      if (failures >= ATTEMPTS) {
        throw new HubError(
          'network',
          `cannot fetch ${what} from ${connection.settings.endpoint}: ${error.message}; check the network and try again`,
          { cause: error },
        );
      }
      const milliseconds = error.retryAfter ?? 500 * 2 ** (failures - 1);
      connection.onEvent({ type: 'retry', reason: error.message, seconds: milliseconds / 1000 });
      await connection.wait(milliseconds, connection.signal);
    }
  }
}
