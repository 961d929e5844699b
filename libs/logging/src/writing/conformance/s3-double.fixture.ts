import { gunzipSync } from 'node:zlib';
import { Secret } from '@sallyport/config';
import { ScriptedUpstream, type RecordedRequest, type ScriptedReply } from '@sallyport/testing';
import { openRecordStore } from '../open-record-store';
import type { RecordStore } from '../record-store.port';
import { HttpPlace } from './http-place.fixture';
import { s3Failure } from './s3-failure.fixture';
import { signatureProblem } from './s3-signature.fixture';
import type { BucketOptions, BucketPlace } from './test-place.fixture';

const BUCKET = 'records';
const KEY = { id: 'key-id', secret: 'key', region: 'eu-test-1' };
export interface StoredObject {
  readonly content: Buffer;
  readonly headers: RecordedRequest['headers'];
}

/** The part of the S3 API that keeping records takes, in memory: one bucket, addressed by path. */
export class S3Double extends HttpPlace implements BucketPlace {
  /** Few, so that every listing takes several pages. */
  readonly keysPerPage = 2;
  readonly objects = new Map<string, StoredObject>();
  /** A store that does not know conditional writes takes every object. */
  replaces = false;
  /** Some servers keep no metadata of objects. */
  forgets = false;
  private readonly arriving = new Set<string>();

  private constructor(
    server: ScriptedUpstream,
    private readonly kept: 'record' | 'batch',
  ) {
    super(server);
  }

  static async start(kept: 'record' | 'batch'): Promise<S3Double> {
    return new S3Double(await ScriptedUpstream.start(), kept);
  }

  open({
    prefix = '',
    timeoutMs = 60_000,
    bucket = BUCKET,
    objects = this.kept,
    accessKeyId = KEY.id,
    secretAccessKey = KEY.secret,
  }: BucketOptions = {}): RecordStore {
    return openRecordStore({
      kind: 's3',
      endpoint: this.server.url,
      bucket,
      objects,
      timeoutMs,
      region: KEY.region,
      forcePathStyle: true,
      credentials: { accessKeyId: new Secret(accessKeyId), secretAccessKey: new Secret(secretAccessKey) },
      pathPrefix: prefix,
    });
  }

  keys(): Promise<readonly string[]> {
    return Promise.resolve([...this.objects.keys()].sort());
  }

  records(): Promise<readonly (readonly [string, string])[]> {
    const records = [...this.objects].flatMap(([key, { content }]) => {
      if (!key.endsWith('.gz')) return [[key, content.toString('utf8')] as const];
      const lines = gunzipSync(content).toString('utf8').split('\n');
      return lines.slice(0, -1).map((line) => [key, line] as const);
    });
    return Promise.resolve(records.filter(([key]) => !key.endsWith('.sallyport-check')));
  }

  /** Every request from now on fails with this error. */
  failWith(status: number, code: string): void {
    this.fault = () => s3Failure(status, code);
  }

  /** The content of objects comes one byte at a time from now on. */
  drip(): void {
    this.fault = async (request) => {
      const reply = await this.answer(request);
      if (!('body' in reply) || !(reply.body instanceof Buffer)) return reply;
      return { chunks: Array.from(reply.body, (byte) => Buffer.of(byte)), delayMs: 20 };
    };
  }

  protected isWrite(request: RecordedRequest): boolean {
    return request.method === 'PUT';
  }

  protected refuse(status: number): ScriptedReply {
    return s3Failure(status);
  }

  protected answer(request: RecordedRequest): ScriptedReply | Promise<ScriptedReply> {
    const url = new URL(request.path, 'http://s3');
    const [bucket, ...rest] = url.pathname.slice(1).split('/').map(decodeURIComponent);
    const problem = signatureProblem(request, KEY, performance.timeOrigin + performance.now());
    if (problem !== undefined) return s3Failure(problem === 'AuthorizationHeaderMalformed' ? 400 : 403, problem);
    if (!/^[a-z0-9.-]{3,63}$/.test(bucket ?? '')) return s3Failure(400, 'InvalidBucketName');
    if (bucket !== BUCKET) return s3Failure(404, 'NoSuchBucket');
    const key = rest.join('/');
    if (request.method === 'PUT') return this.put(key, request);
    if (key === '') return this.list(url.searchParams);
    const object = this.objects.get(key);
    if (object === undefined) return request.method === 'HEAD' ? { status: 404 } : s3Failure(404, 'NoSuchKey');
    const sha256 = object.headers['x-amz-meta-sha256'];
    const headers = {
      'content-length': String(object.content.length),
      ...(typeof sha256 === 'string' && !this.forgets && { 'x-amz-meta-sha256': sha256 }),
    };
    return { headers, body: request.method === 'HEAD' ? undefined : object.content };
  }

  private async put(key: string, { headers, body }: RecordedRequest): Promise<ScriptedReply> {
    if (headers['if-none-match'] !== '*') return s3Failure(400, 'InvalidRequest');
    if (this.objects.has(key) && !this.replaces) return s3Failure(412, 'PreconditionFailed');
    // As at Amazon's; others let the second one wait and refuse it then.
    if (this.arriving.has(key)) return s3Failure(409, 'ConditionalRequestConflict');
    this.arriving.add(key);
    await new Promise((resolve) => setImmediate(resolve));
    this.arriving.delete(key);
    this.objects.set(key, { content: body, headers });
    return { headers: { etag: '"x"' } };
  }

  private list(query: URLSearchParams): ScriptedReply {
    const after = Buffer.from(query.get('continuation-token') ?? '', 'base64').toString('utf8');
    const prefix = query.get('prefix') ?? '';
    const wanted = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const keys = wanted.slice(0, Math.min(this.keysPerPage, Number(query.get('max-keys') ?? this.keysPerPage)));
    const more = wanted.length > keys.length;
    const token = Buffer.from(keys.at(-1) ?? '', 'utf8').toString('base64');
    const body = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<ListBucketResult><Name>${BUCKET}</Name><IsTruncated>${more}</IsTruncated>`,
      more ? `<NextContinuationToken>${token}</NextContinuationToken>` : '',
      ...keys.map((key) => `<Contents><Key>${escapeXml(key)}</Key></Contents>`),
      '</ListBucketResult>',
    ].join('');
    return { headers: { 'content-type': 'application/xml' }, body };
  }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
