import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where models come from and where they are kept. */
export interface HubSettings {
  /** Address of the hub, without a slash at its end. */
  readonly endpoint: string;
  /** The folder that Python's huggingface_hub uses too. */
  readonly cacheFolder: string;
  /** Sent to the endpoint's host only. */
  readonly token: string | undefined;
  /** Never touch the network. */
  readonly offline: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const HUB = 'https://huggingface.co';

function expandHome(path: string, home: string): string {
  return path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : path;
}

function isOn(value: string | undefined): boolean {
  return ['1', 'on', 'yes', 'true'].includes((value ?? '').toLowerCase());
}

/**
 * The settings that the environment gives, by the rules of Python's huggingface_hub: `HF_ENDPOINT`, `HF_HUB_CACHE`,
 * `HF_HOME`, `XDG_CACHE_HOME`, `HF_TOKEN`, `HF_HUB_OFFLINE`. Empty variables count as missing.
 *
 * @param environment the environment of the process; only apps read it themselves
 */
export function hubSettings(environment: Environment, home: string = homedir()): HubSettings {
  const value = (name: string): string | undefined => {
    const text = environment[name]?.trim();
    return text === '' ? undefined : text;
  };
  const caches = value('XDG_CACHE_HOME') ?? join(home, '.cache');
  const hubHome = expandHome(value('HF_HOME') ?? join(caches, 'huggingface'), home);
  return {
    endpoint: (value('HF_ENDPOINT') ?? HUB).replace(/\/+$/, ''),
    cacheFolder: expandHome(value('HF_HUB_CACHE') ?? join(hubHome, 'hub'), home),
    token: value('HF_TOKEN'),
    offline: isOn(value('HF_HUB_OFFLINE')),
  };
}
