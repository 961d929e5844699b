import { Secret } from '@sallyport/config';
import { ScriptedUpstream, type RecordedRequest, type ScriptedReply } from '@sallyport/testing';
import { openRecordStore } from '../open-record-store';
import type { RecordStore } from '../record-store.port';
import { HttpPlace } from './http-place.fixture';
import type { TestPlace } from './test-place.fixture';

/** Keeps pages short, so that every listing takes several. */
const FILES_PER_PAGE = 3;

interface WriteBody {
  readonly path: string;
  readonly mode: string;
}

/** A file server in memory, with the rules of the real one. */
export class FileServerDouble extends HttpPlace implements TestPlace {
  readonly files = new Map<string, Buffer>();

  static async start(): Promise<FileServerDouble> {
    return new FileServerDouble(await ScriptedUpstream.start());
  }

  get url(): string {
    return this.server.url;
  }

  open({ prefix = '', timeoutMs = 60_000, token = 'token-1' } = {}): RecordStore {
    return openRecordStore({
      kind: 'file-server',
      url: this.server.url,
      token: new Secret(token),
      pathPrefix: prefix,
      mode: 'sync',
      timeoutMs,
    });
  }

  records(): Promise<readonly (readonly [string, string])[]> {
    return Promise.resolve([...this.files].map(([path, content]) => [path, content.toString('utf8')] as const));
  }

  protected isWrite(request: RecordedRequest): boolean {
    return request.method === 'POST';
  }

  protected refuse(status: number): ScriptedReply {
    return { status, body: { error: { message: 'refused' } } };
  }

  protected answer({ method, path, headers, body }: RecordedRequest): ScriptedReply {
    if (headers['authorization'] !== 'Bearer token-1') return this.refuse(401);
    const url = new URL(path, 'http://files');
    if (method === 'POST') return this.write(body);
    if (url.pathname === '/v1/files') return this.list(url.searchParams);
    const content = this.files.get(decodeURIComponent(url.pathname.slice('/v1/files/'.length)));
    return content === undefined ? this.refuse(404) : { body: content };
  }

  private write(body: Buffer): ScriptedReply {
    const { path, mode } = JSON.parse(body.toString('utf8')) as WriteBody;
    // The content is the last member; its bytes are stored as they came.
    const content = body.subarray(body.indexOf('"content":') + '"content":'.length, body.length - 1);
    const present = this.files.get(path);
    if (present !== undefined && !present.equals(content)) return this.refuse(409);
    this.files.set(path, content);
    const written = { path, bytes: content.length, mode, created: present === undefined };
    return { status: mode === 'sync' ? 201 : 202, body: written };
  }

  private list(query: URLSearchParams): ScriptedReply {
    const limit = Math.min(Number(query.get('limit') ?? 100), FILES_PER_PAGE);
    const wanted = [...this.files.keys()]
      .filter((path) => path.startsWith(query.get('prefix') ?? '') && path > (query.get('cursor') ?? ''))
      .sort();
    const paths = wanted.slice(0, limit);
    const files = paths.map((path) => ({ path, bytes: this.files.get(path)?.length ?? 0 }));
    return { body: { files, next_cursor: wanted.length > limit ? paths.at(-1) : null } };
  }
}
