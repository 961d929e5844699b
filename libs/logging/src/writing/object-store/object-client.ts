import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ObjectStoreSettings } from '@sallyport/config';
import { statusOf } from './object-error';

type Sdk = typeof import('@aws-sdk/client-s3');

/** Tries of one request that the SDK makes by itself. The queue repeats too, with longer pauses. */
const MAX_ATTEMPTS = 2;

/** Name of the digest among the metadata of an object. */
const DIGEST = 'sha256';

export interface NewObject {
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
  /** Of what the object means, in hexadecimal; kept as metadata. */
  readonly sha256: string;
}

export interface ObjectFacts {
  readonly bytes: number;
  /** As its writer said; undefined when it was another program. */
  readonly sha256: string | undefined;
}

export interface ObjectPage {
  readonly keys: readonly string[];
  readonly next: string | undefined;
}

/**
 * The few requests to an object store that keeping records takes. All throw the errors of the SDK. The SDK is loaded at
 * the first one, as it takes long and only those need it who keep records there.
 */
export class ObjectClient {
  private loaded: Promise<{ readonly sdk: Sdk; readonly client: S3Client }> | undefined;

  constructor(private readonly settings: ObjectStoreSettings) {}

  /** @returns whether the object is new; false when the key is taken, and then nothing has changed */
  async create({ key, body, contentType, sha256 }: NewObject): Promise<boolean> {
    const { sdk, client } = await this.load();
    const command = new sdk.PutObjectCommand({
      ...this.at(key),
      Body: body,
      ContentType: contentType,
      IfNoneMatch: '*',
      Metadata: { [DIGEST]: sha256 },
    });
    try {
      await client.send(command, this.limit());
      return true;
    } catch (error) {
      if (statusOf(error) === 412) return false;
      throw error;
    }
  }

  /** @returns undefined when there is no such object */
  async facts(key: string): Promise<ObjectFacts | undefined> {
    const { sdk, client } = await this.load();
    try {
      const head = await client.send(new sdk.HeadObjectCommand(this.at(key)), this.limit());
      return { bytes: head.ContentLength ?? 0, sha256: head.Metadata?.[DIGEST] };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  /** The content; it breaks off when the time for the request is over. */
  async read(key: string): Promise<Readable> {
    const { sdk, client } = await this.load();
    const { Body } = await client.send(new sdk.GetObjectCommand(this.at(key)), this.limit());
    return Body as Readable;
  }

  /** One page of the keys that begin with a prefix. */
  async list(prefix: string, after?: string, limit?: number): Promise<ObjectPage> {
    const { sdk, client } = await this.load();
    const page = await client.send(
      new sdk.ListObjectsV2Command({
        Bucket: this.settings.bucket,
        Prefix: prefix,
        ContinuationToken: after,
        MaxKeys: limit,
      }),
      this.limit(),
    );
    const keys = (page.Contents ?? []).flatMap(({ Key }) => Key ?? []);
    return { keys, next: page.IsTruncated === true ? page.NextContinuationToken : undefined };
  }

  async close(): Promise<void> {
    if (this.loaded !== undefined) (await this.loaded).client.destroy();
  }

  private at(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.settings.bucket, Key: key };
  }

  /** For all tries of a request together. */
  private limit(): { readonly abortSignal: AbortSignal } {
    return { abortSignal: AbortSignal.timeout(this.settings.timeoutMs) };
  }

  private load(): NonNullable<typeof this.loaded> {
    this.loaded ??= this.connect();
    return this.loaded;
  }

  private async connect(): Promise<{ readonly sdk: Sdk; readonly client: S3Client }> {
    const { region, endpoint, forcePathStyle, credentials, timeoutMs } = this.settings;
    const sdk = await import('@aws-sdk/client-s3');
    const client = new sdk.S3Client({
      region,
      forcePathStyle,
      ...(endpoint !== undefined && { endpoint }),
      ...(credentials && {
        credentials: {
          accessKeyId: credentials.accessKeyId.reveal(),
          secretAccessKey: credentials.secretAccessKey.reveal(),
        },
      }),
      maxAttempts: MAX_ATTEMPTS,
      // Other servers than Amazon's refuse the checksums that the SDK would add by itself.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: timeoutMs, socketTimeout: timeoutMs },
    });
    return { sdk, client };
  }
}
