import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** What a package manager or a test runner leaves in the environment of the programs it starts. */
const FROM_AROUND =
  /^(npm_(lifecycle|package|node_execpath|execpath|config_user_agent|command)|vitest|turbo|init_cwd|pnpm_|node_(env|options|path)$|sentence_mtl_|ort_|onnxruntime_|ci$)/i;

/** A folder outside the workspace, with a home and a temporary folder of its own; nothing of it stays. */
export interface Workplace {
  readonly folder: string;
  /** What programs leave at home and among temporary files can be seen here. */
  readonly home: string;
  readonly temporary: string;
  /** Downloads of npm and pnpm, kept in the clone so that the next run needs none. */
  readonly cache: string;
  readonly remove: () => void;
}

export function createWorkplace(root: string): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'release-test-'));
  const [home, temporary] = ['home', 'temporary'].map((name) => join(folder, name)) as [string, string];
  const cache = join(root, 'node_modules/.cache/release-test');
  for (const path of [home, temporary, cache]) mkdirSync(path, { recursive: true });
  return { folder, home, temporary, cache, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function outside(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !FROM_AROUND.test(name)));
}

/** For npm and pnpm: the person's own registry and proxies hold, and the downloads go into the clone. */
export function installEnvironment({ cache }: Workplace, nodeFolder: string): NodeJS.ProcessEnv {
  return {
    ...outside(),
    PATH: `${nodeFolder}${delimiter}${process.env['PATH']}`,
    npm_config_cache: join(cache, 'npm'),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    // A connection that hangs is given up after half a minute, and asked for again.
    npm_config_fetch_timeout: '30000',
    npm_config_fetch_retries: '4',
  };
}

/** For what is installed: nothing is at home yet, and no hub is asked. */
export function useEnvironment(workplace: Workplace, nodeFolder: string): NodeJS.ProcessEnv {
  const { home, temporary } = workplace;
  return {
    ...installEnvironment(workplace, nodeFolder),
    HOME: home,
    USERPROFILE: home,
    XDG_CACHE_HOME: undefined,
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    HF_HUB_OFFLINE: '1',
    NODE_DISABLE_COMPILE_CACHE: '1', // npm's own
  };
}
