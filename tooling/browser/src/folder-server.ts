import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** Shared memory, which threads of WebAssembly need, is only for pages that are isolated from others. */
const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

export interface FolderServerOptions {
  /** Sends COOP and COEP, so that pages have SharedArrayBuffer; false. */
  readonly isolated?: boolean;
  /** Files from elsewhere by the path they are asked for under, such as `/ort.wasm`; they come before the folder's. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The file that a request is for; undefined where it would be outside the folder. */
function fileOf(path: string, folder: string, files: Readonly<Record<string, string>>): string | undefined {
  const own = Object.hasOwn(files, path) ? files[path] : undefined;
  if (own !== undefined) return own;
  const inside = normalize(path.endsWith('/') ? `${path}index.html` : path);
  return inside.split(/[/\\]/).includes('..') || inside.includes('\0') ? undefined : join(folder, inside);
}

/** A browser asks for an icon that no page has named: its absence is no error of the page. */
function statusWithout(path: string): number {
  return path === '/favicon.ico' ? 204 : 404;
}

/** Serves a folder to pages on this machine, on a port of its own. */
export class FolderServer implements AsyncDisposable {
  readonly #server: Server;
  /** Of the folder, with the slash at the end. */
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly requests: readonly string[];

  private constructor(server: Server, url: string, requests: readonly string[]) {
    this.#server = server;
    this.url = url;
    this.requests = requests;
  }

  static async start(folder: string, options: FolderServerOptions = {}): Promise<FolderServer> {
    const requests: string[] = [];
    const server = createServer((request, response) => void answer(request, response));
    async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
      requests.push(path);
      const file = fileOf(path, folder, options.files ?? {});
      const size = file === undefined ? undefined : await stat(file).catch(() => undefined);
      if (file === undefined || size?.isFile() !== true) return void response.writeHead(statusWithout(path)).end();
      response.writeHead(200, {
        'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
        'content-length': size.size,
        ...(options.isolated === true ? ISOLATION : {}),
      });
      pipeline(createReadStream(file), response, () => {});
    }
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    return new FolderServer(server, `http://127.0.0.1:${address.port}/`, requests);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
