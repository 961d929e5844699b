import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { Secret } from '@sallyport/config';
import { ScriptedUpstream, type RecordedRequest, type ScriptedReply } from '@sallyport/testing';
import { openRecordStore } from '../open-record-store';
import type { RecordStore } from '../record-store.port';
import { HttpPlace } from './http-place.fixture';
import { s3Failure } from './s3-failure.fixture';
import type { BucketOptions, BucketPlace } from './test-place.fixture';

/** A server that was started for the tests. */
export interface S3ServerAddress {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/**
 * The server that `S3_CONFORMANCE_ENDPOINT` names, with `S3_CONFORMANCE_ACCESS_KEY_ID`,
 * `S3_CONFORMANCE_SECRET_ACCESS_KEY` and `S3_CONFORMANCE_REGION` (`us-east-1`); undefined when it names none.
 */
export function s3ServerAddress(env: NodeJS.ProcessEnv = process.env): S3ServerAddress | undefined {
  const endpoint = env['S3_CONFORMANCE_ENDPOINT'];
  const accessKeyId = env['S3_CONFORMANCE_ACCESS_KEY_ID'];
  const secretAccessKey = env['S3_CONFORMANCE_SECRET_ACCESS_KEY'];
  if (endpoint === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Error('S3_CONFORMANCE_ACCESS_KEY_ID and S3_CONFORMANCE_SECRET_ACCESS_KEY must be set with the endpoint');
  }
  return { endpoint, accessKeyId, secretAccessKey, region: env['S3_CONFORMANCE_REGION'] ?? 'us-east-1' };
}

/**
 * A bucket of its own on a real server. Faults are made by a proxy in front of it, which only those stores use that are
 * opened while one lasts.
 */
export class S3ServerPlace extends HttpPlace implements BucketPlace {
  readonly keysPerPage = 1_000;
  readonly bucket = `sallyport-${randomUUID()}`;
  private readonly client: S3Client;

  private constructor(
    proxy: ScriptedUpstream,
    private readonly address: S3ServerAddress,
    private readonly kept: 'record' | 'batch',
  ) {
    super(proxy);
    const { accessKeyId, secretAccessKey, endpoint, region } = address;
    this.client = new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
  }

  static async start(address: S3ServerAddress, kept: 'record' | 'batch'): Promise<S3ServerPlace> {
    const place = new S3ServerPlace(await ScriptedUpstream.start(), address, kept);
    await place.client.send(new CreateBucketCommand({ Bucket: place.bucket }));
    return place;
  }

  open({
    prefix = '',
    timeoutMs = 60_000,
    objects = this.kept,
    bucket = this.bucket,
    accessKeyId = this.address.accessKeyId,
    secretAccessKey = this.address.secretAccessKey,
  }: BucketOptions = {}): RecordStore {
    return openRecordStore({
      kind: 's3',
      endpoint: this.fault === undefined ? this.address.endpoint : this.server.url,
      bucket,
      objects,
      timeoutMs,
      region: this.address.region,
      forcePathStyle: true,
      credentials: { accessKeyId: new Secret(accessKeyId), secretAccessKey: new Secret(secretAccessKey) },
      pathPrefix: prefix,
    });
  }

  async keys(): Promise<readonly string[]> {
    const keys: string[] = [];
    let after: string | undefined;
    do {
      const page = await this.client.send(new ListObjectsV2Command({ Bucket: this.bucket, ContinuationToken: after }));
      keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
      after = page.NextContinuationToken;
    } while (after !== undefined);
    return keys;
  }

  async records(): Promise<readonly (readonly [string, string])[]> {
    const records: (readonly [string, string])[] = [];
    for (const key of await this.keys()) {
      if (key.endsWith('.sallyport-check')) continue;
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      const content = Buffer.from((await Body?.transformToByteArray()) ?? []);
      if (!key.endsWith('.gz')) records.push([key, content.toString('utf8')]);
      else for (const line of gunzipSync(content).toString('utf8').split('\n').slice(0, -1)) records.push([key, line]);
    }
    return records;
  }

  override async stop(): Promise<void> {
    for (const key of await this.keys()) {
      await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
    }
    await this.client.send(new DeleteBucketCommand({ Bucket: this.bucket }));
    this.client.destroy();
    await super.stop();
  }

  protected isWrite({ method }: RecordedRequest): boolean {
    return method === 'PUT';
  }

  protected refuse(status: number): ScriptedReply {
    return s3Failure(status);
  }

  /** Passes a request on as it came: its signature is of the proxy's host name, which is part of it. */
  protected answer({ method, path, headers, body }: RecordedRequest): Promise<ScriptedReply> {
    return new Promise((resolve, reject) => {
      const forwarded = request(new URL(path, this.address.endpoint), { method, headers }, (response) => {
        buffer(response).then((content) => resolve({ status: response.statusCode ?? 502, body: content }), reject);
      });
      forwarded.on('error', reject);
      forwarded.end(body);
    });
  }
}
