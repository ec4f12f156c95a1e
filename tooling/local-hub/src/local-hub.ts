import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** The commit of the one model. */
export const LOCAL_COMMIT = 'c0ffee0000000000000000000000000000000001';

interface HubRequest {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly range: string | undefined;
}

/**
 * A hub that has the model owner/model (branches main and v1) and, on another port, the host that its large files are
 * redirected to. It answers as huggingface.co does: checksums as etags, ranges, redirects, error codes.
 */
export class LocalHub {
  /** The model's files by path. */
  readonly files: Map<string, Buffer> = new Map();
  /** What was asked for, in order. */
  readonly requests: HubRequest[] = [];
  /** Looks at a request first; true means it has answered. */
  intercept: (request: IncomingMessage, response: ServerResponse) => boolean = () => false;
  readonly #hub: Server = createServer((request, response) => this.#answer(request, response));
  readonly #store: Server = createServer((request, response) => this.#answer(request, response));
  /** For HF_ENDPOINT, once it has started. */
  endpoint = '';
  #storeAddress = '';

  async start(): Promise<void> {
    for (const server of [this.#hub, this.#store])
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    [this.endpoint, this.#storeAddress] = [this.#hub, this.#store].map((server) => {
      const address = server.address();
      return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
    }) as [string, string];
  }

  stop(): void {
    for (const server of [this.#hub, this.#store]) {
      server.closeAllConnections();
      server.close();
    }
  }

  checksum(path: string): string {
    const content = this.files.get(path) ?? Buffer.alloc(0);
    if (path.endsWith('.safetensors')) return createHash('sha256').update(content).digest('hex');
    return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
  }

  #list(response: ServerResponse): void {
    const siblings = [...this.files].map(([rfilename, { length }]) => {
      const lfs = rfilename.endsWith('.safetensors') ? { lfs: { sha256: this.checksum(rfilename), size: length } } : {};
      return { rfilename, size: length, blobId: this.checksum(rfilename), ...lfs };
    });
    response.end(JSON.stringify({ id: 'owner/model', sha: LOCAL_COMMIT, siblings }));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '';
    this.requests.push({ url, authorization: request.headers.authorization, range: request.headers.range });
    if (this.intercept(request, response)) return;
    if (/^\/api\/models\/owner\/model\/revision\/(main|v1|c0ffee0+1)\?/.test(url)) return this.#list(response);
    const path = decodeURIComponent(
      /^\/owner\/model\/resolve\/(?:main|c0ffee0+1)\/(.*)$/.exec(url)?.[1] ?? url.replace(/^\/store\//, ''),
    );
    const content = this.files.get(path);
    response.setHeader('x-repo-commit', LOCAL_COMMIT);
    if (content === undefined) {
      response
        .writeHead(404, { 'x-error-code': url.includes('/revision/') ? 'RevisionNotFound' : 'EntryNotFound' })
        .end();
    } else if (path.endsWith('.safetensors') && !url.startsWith('/store/')) {
      const linked = { 'x-linked-etag': `"${this.checksum(path)}"`, 'x-linked-size': String(content.length) };
      response.writeHead(302, { location: `${this.#storeAddress}/store/${path}`, ...linked }).end();
    } else this.send(request, response, content, `"${this.checksum(path)}"`);
  }

  send(request: IncomingMessage, response: ServerResponse, content: Buffer, etag: string): void {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? Number.NaN);
    const partial = from < content.length && request.headers['if-range'] === etag;
    if (partial)
      response.writeHead(206, { etag, 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` });
    else response.writeHead(200, { etag, 'content-length': content.length });
    response.end(request.method === 'HEAD' ? undefined : partial ? content.subarray(from) : content);
  }
}
