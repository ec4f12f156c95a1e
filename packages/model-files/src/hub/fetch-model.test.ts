import { execFile, execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LOCAL_COMMIT as COMMIT, LocalHub } from '@sentence-mtl/local-hub';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HubError, ModelFileError } from '../errors.ts';
import { fetchModel, type FetchOptions } from './fetch-model.ts';
import type { HubEvent } from './hub-event.ts';
import { hubSettings } from './hub-settings.ts';

const weights = Buffer.from(Uint8Array.from({ length: 700_000 }, (_, i) => (i * i) >> 5));
const small = {
  'config.json': '{"model_type":"bert"}',
  'modules.json': '[]',
  '1_Pooling/config.json': '{}',
  'tokenizer.json': '{}',
};

let hub = new LocalHub();
let folder = '';
let events: HubEvent[] = [];
/** Sees each event when it comes. */
let onEvent: (event: HubEvent) => void = () => undefined;
beforeEach(async () => {
  hub = new LocalHub();
  for (const [path, text] of Object.entries(small)) hub.files.set(path, Buffer.from(text));
  hub.files.set('model.safetensors', weights);
  for (const path of ['pytorch_model.bin', 'onnx/model.onnx']) hub.files.set(path, Buffer.from('never fetched'));
  await hub.start();
  folder = mkdtempSync(join(tmpdir(), 'hub-'));
  events = [];
  onEvent = () => undefined;
});
afterEach(() => {
  hub.stop();
  rmSync(folder, { recursive: true });
});

const options = (environment: Record<string, string> = {}): FetchOptions => ({
  settings: hubSettings({ HF_HOME: folder, HF_ENDPOINT: hub.endpoint, ...environment }),
  onEvent: (event) => {
    events.push(event);
    onEvent(event);
  },
  wait: async () => undefined,
});
const repository = () => join(folder, 'hub/models--owner--model');
const blobs = () => readdirSync(join(repository(), 'blobs'));
const ours = (url: string | undefined) => url?.startsWith('/store/') === true;

async function failure(text: string, given = options()): Promise<HubError> {
  const error: unknown = await fetchModel(text, given).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof HubError) return error;
  throw new Error(`not a HubError: ${String(error)}`);
}

/**
 * Cuts the large file's connection after so many bytes, the first `times` times: when the client has taken them all, since
 * what it has received and not yet read is lost with the connection.
 */
function cutAfter(bytes: number, times: number): void {
  let left = times;
  hub.intercept = (request, response) => {
    if (!ours(request.url) || left-- <= 0) return false;
    const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
    const status = from > 0 ? 206 : 200;
    response.writeHead(status, {
      'content-length': weights.length - from,
      'content-range': `bytes ${from}-${weights.length - 1}/${weights.length}`,
    });
    response.write(weights.subarray(from, from + bytes));
    onEvent = (event) => {
      const isTaken = event.type === 'progress' && event.total === weights.length && event.bytes === from + bytes;
      if (isTaken) response.destroy();
    };
    return true;
  };
}

describe('a fetch', () => {
  test('brings the needed files into the cache, by their checksums, linked from a snapshot', async () => {
    const path = await fetchModel('owner/model', options());
    expect(path).toBe(join(repository(), 'snapshots', COMMIT));
    expect(readFileSync(join(path, 'model.safetensors')).equals(weights)).toBe(true);
    expect(readFileSync(join(path, '1_Pooling/config.json'), 'utf8')).toBe('{}');
    expect(lstatSync(join(path, 'model.safetensors')).isSymbolicLink()).toBe(true);
    expect(existsSync(join(path, 'pytorch_model.bin')) || existsSync(join(path, 'onnx'))).toBe(false);
    expect(blobs()).toContain(hub.checksum('model.safetensors'));
    expect(blobs().filter((name) => !/^[0-9a-f]+$/.test(name))).toEqual([]);
    expect(readFileSync(join(repository(), 'refs/main'), 'utf8')).toBe(COMMIT);
    expect(events.at(0)).toEqual({
      type: 'files',
      files: 5,
      bytes: weights.length + Object.values(small).join('').length,
    });
    expect(events.filter(({ type }) => type === 'done')).toHaveLength(5);
  });

  test('fetches nothing that is there, and only what changed', async () => {
    await fetchModel('owner/model', options());
    hub.requests.length = 0;
    await fetchModel('owner/model@v1', options());
    expect(hub.requests.map(({ url }) => url)).toEqual(['/api/models/owner/model/revision/v1?blobs=true']);
    hub.files.set('config.json', Buffer.from('{"model_type":"mpnet"}'));
    hub.requests.length = 0;
    await fetchModel('owner/model', options());
    expect(hub.requests.map(({ url }) => url.split('/').at(-1))).toEqual(['main?blobs=true', 'config.json']);
  });

  test('sends the token to the hub, and to no other host', async () => {
    await fetchModel('owner/model', options({ HF_TOKEN: 'secret' }));
    const [there, elsewhere] = [
      hub.requests.filter(({ url }) => !ours(url)),
      hub.requests.filter(({ url }) => ours(url)),
    ];
    expect(elsewhere).toHaveLength(1);
    expect(new Set(there.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer secret']));
    expect(elsewhere[0]?.authorization).toBeUndefined();
  });

  test('of two at once into one cache gives both the whole model', async () => {
    const paths = await Promise.all([fetchModel('owner/model', options()), fetchModel('owner/model', options())]);
    for (const path of paths) expect(readFileSync(join(path, 'model.safetensors')).equals(weights)).toBe(true);
    expect(blobs().filter((name) => name.endsWith('.partial'))).toEqual([]);
  });
});

describe('a connection that is cut', () => {
  test('is resumed where it stopped', async () => {
    cutAfter(200_000, 2);
    const path = await fetchModel('owner/model', options());
    expect(readFileSync(join(path, 'model.safetensors')).equals(weights)).toBe(true);
    expect(hub.requests.filter(({ url }) => ours(url)).map(({ range }) => range)).toEqual([
      undefined,
      'bytes=200000-',
      'bytes=400000-',
    ]);
    expect(events.filter(({ type }) => type === 'retry')).toHaveLength(2);
  });

  test('time and again without progress is an error that keeps what came, for the next fetch', async () => {
    cutAfter(200_000, 1);
    const first = hub.intercept;
    hub.intercept = (request, response) => {
      if (first(request, response)) return true;
      if (ours(request.url)) response.destroy();
      return ours(request.url);
    };
    const error = await failure('owner/model');
    expect(error.problem).toBe('network');
    expect(error.message).toMatch(
      /cannot fetch model.safetensors of owner\/model from .*; check the network and try again; or use the folder of a model, or "minilm"/,
    );
    expect(existsSync(join(repository(), 'snapshots'))).toBe(false);
    expect(blobs().filter((name) => name.endsWith('.left.partial'))).toHaveLength(1);
    hub.intercept = () => false;
    hub.requests.length = 0;
    await fetchModel('owner/model', options());
    expect(hub.requests.find(({ url }) => ours(url))?.range).toBe('bytes=200000-');
    expect(blobs().filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  test('and a server that ignores the range starts the file afresh', async () => {
    cutAfter(200_000, 1);
    const cut = hub.intercept;
    hub.intercept = (request, response) => {
      if (cut(request, response)) return true;
      delete request.headers.range;
      return false;
    };
    const path = await fetchModel('owner/model', options());
    expect(readFileSync(join(path, 'model.safetensors')).equals(weights)).toBe(true);
  });

  test('by the caller ends the fetch with his reason and keeps what came', async () => {
    cutAfter(200_000, 99);
    const controller = new AbortController();
    const reason = new Error('enough');
    const given = {
      ...options(),
      signal: controller.signal,
      onEvent: (event: HubEvent) =>
        event.type === 'progress' && event.total === weights.length ? controller.abort(reason) : undefined,
    };
    await expect(fetchModel('owner/model', given)).rejects.toBe(reason);
    expect(blobs().filter((name) => name.endsWith('.left.partial'))).toHaveLength(1);
  });
});

describe('wrong bytes', () => {
  const flipped = Buffer.from(weights);
  flipped[1000] = (flipped[1000] ?? 0) ^ 1;

  test('once are fetched again', async () => {
    let times = 0;
    hub.intercept = (request, response) => {
      if (!ours(request.url) || times++ > 0) return false;
      hub.send(request, response, flipped, '"x"');
      return true;
    };
    const path = await fetchModel('owner/model', options());
    expect(readFileSync(join(path, 'model.safetensors')).equals(weights)).toBe(true);
  });

  test('every time are an error, and nothing of them stays', async () => {
    hub.intercept = (request, response) => {
      if (ours(request.url)) hub.send(request, response, flipped, '"x"');
      return ours(request.url);
    };
    const error = await failure('owner/model');
    expect(error.problem).toBe('checksum');
    expect(error.message).toMatch(/model.safetensors of owner\/model came with a wrong checksum, twice/);
    expect(blobs().filter((name) => name.startsWith(hub.checksum('model.safetensors')))).toEqual([]);
  });

  test('in what an earlier fetch left are found out', async () => {
    mkdirSync(join(repository(), 'blobs'), { recursive: true });
    writeFileSync(
      join(repository(), 'blobs', `${hub.checksum('model.safetensors')}.left.partial`),
      flipped.subarray(0, 300_000),
    );
    const path = await fetchModel('owner/model', options());
    expect(readFileSync(join(path, 'model.safetensors')).equals(weights)).toBe(true);
    expect(hub.requests.filter(({ url }) => ours(url)).map(({ range }) => range)).toEqual(['bytes=300000-', undefined]);
  });

  test('beyond the stated size are an error', async () => {
    hub.intercept = (request, response) => {
      if (ours(request.url)) response.end(Buffer.alloc(weights.length + 5));
      return ours(request.url);
    };
    expect((await failure('owner/model')).message).toMatch(/is longer than the hub says/);
  });
});

describe('a refusal says what to do', () => {
  const refuse = (status: number, headers: Record<string, string> = {}) => {
    hub.intercept = (_, response) => {
      response.writeHead(status, headers).end();
      return true;
    };
  };

  test.each<[string, number, Record<string, string>, Record<string, string>, string, RegExp]>([
    [
      'unknown id',
      404,
      { 'x-error-code': 'RepoNotFound' },
      {},
      'unknown',
      /knows no model owner\/model; check its spelling, or if it is private set HF_TOKEN/,
    ],
    ['unknown without token', 401, {}, {}, 'unknown', /check its spelling/],
    ['bad token', 401, {}, { HF_TOKEN: 'x' }, 'unauthorised', /refuses owner\/model with the token of HF_TOKEN/],
    [
      'gated',
      403,
      { 'x-error-code': 'GatedRepo' },
      {},
      'gated',
      /is a gated model; ask for access on its page .*\/owner\/model, then set HF_TOKEN/,
    ],
    ['odd', 418, {}, {}, 'answer', /answered 418/],
  ])('%s', async (_, status, headers, environment, problem, message) => {
    refuse(status, headers);
    const error = await failure('owner/model', options(environment));
    expect(error.problem).toBe(problem);
    expect(error.message).toMatch(message);
    expect(hub.requests).toHaveLength(1);
  });

  test('an unknown revision', async () => {
    expect((await failure('owner/model@nope')).message).toBe('owner/model has no branch, tag or commit "nope"');
  });

  test.each(['../x', 'a/b/c', 'a b', 'a--b', '', 'owner/model@../x', '/etc', 'a\0b', 'owner/..'])(
    '%j is no id',
    async (text) => {
      expect((await failure(text)).problem).toBe('id');
      expect(hub.requests).toEqual([]);
    },
  );

  test('a busy server is asked again, five times', async () => {
    refuse(503, { 'retry-after': '3' });
    expect((await failure('owner/model')).message).toMatch(/the server answered 503; check the network/);
    expect(hub.requests).toHaveLength(5);
    expect(events.filter(({ type }) => type === 'retry').at(0)).toEqual({
      type: 'retry',
      reason: 'the server answered 503',
      seconds: 3,
    });
  });

  test.each(['not JSON', '{"sha":"x","siblings":[]}', `{"sha":"${COMMIT}","siblings":[{"rfilename":"config.json"}]}`])(
    'an answer that is none: %s',
    async (body) => {
      hub.intercept = (_, response) => {
        response.end(body);
        return true;
      };
      expect((await failure('owner/model')).problem).toBe('answer');
    },
  );

  test('redirects without end', async () => {
    hub.intercept = (request, response) => {
      response.writeHead(302, { location: request.url ?? '' }).end();
      return true;
    };
    expect((await failure('owner/model')).message).toMatch(/redirects .* over and over/);
  });

  test('weights only as a pickle, or none', async () => {
    hub.files.delete('model.safetensors');
    hub.files.set('2_Dense/model.safetensors', weights);
    await expect(fetchModel('owner/model', options())).rejects.toThrow(ModelFileError);
    await expect(fetchModel('owner/model', options())).rejects.toThrow(
      /has weights only as pytorch_model.bin.*convert it once, in Python/,
    );
  });

  test('a file name that leaves the folder is never written', async () => {
    hub.files.set('../../../evil/config.json', Buffer.from('{}'));
    hub.files.set('1_X/../../modules.json', Buffer.from('{}'));
    await fetchModel('owner/model', options());
    expect(readdirSync(folder)).toEqual(['hub']);
  });

  test('a disk without the space for a file, before it is fetched', async () => {
    const siblings = [...Object.keys(small), 'model.safetensors'].map((rfilename) => ({
      rfilename,
      size: 2 ** 60,
      blobId: 'a'.repeat(40),
    }));
    hub.intercept = (request, response) => {
      if (request.url?.startsWith('/api/') === true) response.end(JSON.stringify({ sha: COMMIT, siblings }));
      return request.url?.startsWith('/api/') === true;
    };
    const error = await failure('owner/model');
    expect(error.problem).toBe('disk');
    expect(error.message).toMatch(
      /has \d+ bytes, but the disk of .* has only \d+ left; free some space, or set HF_HOME/,
    );
    expect(hub.requests).toHaveLength(1);
  });

  test('a cache that cannot be written', async () => {
    writeFileSync(join(folder, 'hub'), 'a file in the way');
    expect((await failure('owner/model')).message).toMatch(
      /cannot write|cannot be written|not a folder|file already exists/,
    );
  });
});

describe('without a network', () => {
  test('what is cached is used, and said', async () => {
    const path = await fetchModel('owner/model', options());
    const given = options();
    hub.stop();
    expect(await fetchModel('owner/model', given)).toBe(path);
    expect(events.at(-1)?.type).toBe('cached');
  });

  test('HF_HUB_OFFLINE asks nobody', async () => {
    const offline = options({ HF_HUB_OFFLINE: '1' });
    const error = await failure('owner/model', offline);
    expect(error.problem).toBe('offline');
    expect(error.message).toMatch(
      /is not in the cache .*, and HF_HUB_OFFLINE forbids to fetch it; unset it, or use .* "minilm"/,
    );
    expect(hub.requests).toEqual([]);
    const path = await fetchModel('owner/model', options());
    hub.requests.length = 0;
    expect(await fetchModel('owner/model', offline)).toBe(path);
    expect(hub.requests).toEqual([]);
  });

  test('and nothing cached, the error offers what is built in', async () => {
    const given = options();
    hub.stop();
    const error = await failure('owner/model', given);
    expect(error.problem).toBe('network');
    expect(error.message).toMatch(/ECONNREFUSED.*"minilm", which is built in$/);
  });
});

describe('the environment', () => {
  test('says where the cache is, as for Python', () => {
    expect(hubSettings({}, '/home/me')).toEqual({
      endpoint: 'https://huggingface.co',
      cacheFolder: '/home/me/.cache/huggingface/hub',
      token: undefined,
      offline: false,
    });
    expect(hubSettings({ XDG_CACHE_HOME: '/c' }).cacheFolder).toBe('/c/huggingface/hub');
    expect(hubSettings({ HF_HOME: '~/h' }, '/home/me').cacheFolder).toBe('/home/me/h/hub');
    expect(
      hubSettings({
        HF_HOME: '/h',
        HF_HUB_CACHE: '/k',
        HF_ENDPOINT: 'http://x//',
        HF_TOKEN: ' t ',
        HF_HUB_OFFLINE: 'YES',
      }),
    ).toEqual({ endpoint: 'http://x', cacheFolder: '/k', token: 't', offline: true });
  });
});

const python = process.env['SENTENCE_MTL_PYTHON'];
function canImport(interpreter: string | undefined): boolean {
  if (interpreter === undefined) return false;
  try {
    execFileSync(interpreter, ['-c', 'import huggingface_hub'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const hasPython = canImport(python);
describe.skipIf(!hasPython)(
  hasPython ? "Python's huggingface_hub" : "Python's huggingface_hub (skipped: SENTENCE_MTL_PYTHON has none)",
  { timeout: 60_000 },
  () => {
    // Not execFileSync: the hub answers from this process.
    const runPython = async (script: string, offline: string): Promise<string> => {
      const env = { ...process.env, HF_HOME: folder, HF_ENDPOINT: hub.endpoint, HF_HUB_OFFLINE: offline };
      const { stdout } = await promisify(execFile)(python ?? '', ['-c', script], { encoding: 'utf8', env });
      return stdout.trim();
    };

    test('reads what we cached, offline', async () => {
      const path = await fetchModel('owner/model', options());
      const script =
        'from huggingface_hub import hf_hub_download, snapshot_download as s\nprint(hf_hub_download("owner/model", "model.safetensors"))';
      expect(await runPython(script, '1')).toBe(join(path, 'model.safetensors'));
    });

    test('fetches into a cache that we read, offline, and take over without fetching again', async () => {
      const names = [...Object.keys(small), 'model.safetensors'];
      const script = `from huggingface_hub import hf_hub_download as d\nfor name in ${JSON.stringify(names)}: print(d("owner/model", name))`;
      const paths = (await runPython(script, '0')).split('\n');
      const path = await fetchModel('owner/model', options({ HF_HUB_OFFLINE: '1' }));
      expect(paths).toEqual(names.map((name) => join(path, name)));
      expect(readFileSync(join(path, 'model.safetensors')).equals(weights)).toBe(true);
      hub.requests.length = 0;
      expect(await fetchModel('owner/model', options())).toBe(path);
      expect(hub.requests).toHaveLength(1);
    });

    test('finds nothing to fetch in a cache that we made', async () => {
      const path = await fetchModel('owner/model', options());
      hub.requests.length = 0;
      const script = 'from huggingface_hub import hf_hub_download as d\nprint(d("owner/model", "model.safetensors"))';
      expect(await runPython(script, '0')).toBe(join(path, 'model.safetensors'));
      expect(hub.requests.filter(({ url }) => ours(url))).toEqual([]);
    });
  },
);
