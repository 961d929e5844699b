import { join } from 'node:path';
import type { Environment } from '../environment/environment';
import type { Secret } from '../secret';
import { readCredential, readDataDir } from './listen-settings';

/** Put before `YYYY-MM-DD/{id}.json` as it is; may end inside a name. */
interface PlacedRecords {
  readonly pathPrefix: string;
}

/** The file server that keeps the records. */
export interface FileServerClientSettings extends PlacedRecords {
  readonly kind: 'file-server';
  readonly url: string;
  readonly token: Secret;
  readonly mode: 'async' | 'sync';
  /** For one exchange, from the connection to the last byte of the answer, in milliseconds. */
  readonly timeoutMs: number;
}

/** A folder on a disk of this machine. */
export interface DirectoryStoreSettings extends PlacedRecords {
  readonly kind: 'directory';
  readonly dir: string;
  readonly mode: 'async' | 'sync';
}

/** A bucket of Amazon S3, or of something that speaks its API. */
export interface ObjectStoreSettings extends PlacedRecords {
  readonly kind: 's3';
  readonly bucket: string;
  readonly region: string;
  /** Undefined: Amazon's own address of the region. */
  readonly endpoint: string | undefined;
  /** Whether the bucket is part of the path and not of the host name, as most servers other than Amazon's want it. */
  readonly forcePathStyle: boolean;
  /** Undefined: what the AWS SDK finds in its own variables, files, or the identity of the pod. */
  readonly credentials: { readonly accessKeyId: Secret; readonly secretAccessKey: Secret } | undefined;
  /** An object for each record, or one gzipped NDJSON object for each batch. */
  readonly objects: 'record' | 'batch';
  /** For one request, in milliseconds. */
  readonly timeoutMs: number;
}

/** Where records stay. */
export type RecordStoreSettings = FileServerClientSettings | DirectoryStoreSettings | ObjectStoreSettings;

/** Reads `LOG_WRITER` and the settings of the place that it names. */
export function readRecordStoreSettings(env: Environment): RecordStoreSettings {
  const kind = env.choice('LOG_WRITER', ['file-server', 'directory', 's3']);
  // All are read, so that a mistake in any of them is found before the place is changed.
  const stores = { 'file-server': readFileServerClient(env), directory: readDirectory(env), s3: readObjectStore(env) };
  if (kind === 's3' && stores.s3.bucket === '') env.problems.add('LOG_S3_BUCKET', 'must be set when LOG_WRITER is s3');
  return stores[kind];
}

function readFileServerClient(env: Environment): FileServerClientSettings {
  return {
    kind: 'file-server',
    url: env.url('FILE_SERVER_URL', 'http://127.0.0.1:8080'),
    token: readCredential(env, 'FILE_SERVER_AUTH_TOKEN', 'dev-token'),
    pathPrefix: readPathPrefix(env),
    mode: readMode(env),
    timeoutMs: env.secondsAsMs('FILE_SERVER_TIMEOUT', { fallback: 5, min: 0.1, max: 300 }),
  };
}

function readDirectory(env: Environment): DirectoryStoreSettings {
  const dir = env.text('LOG_DIR', join(readDataDir(env), 'files'));
  return { kind: 'directory', dir, pathPrefix: readPathPrefix(env), mode: readMode(env) };
}

function readObjectStore(env: Environment): ObjectStoreSettings {
  const accessKeyId = env.secret('LOG_S3_ACCESS_KEY_ID');
  const secretAccessKey = env.secret('LOG_S3_SECRET_ACCESS_KEY');
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    env.problems.add('LOG_S3_ACCESS_KEY_ID', 'and LOG_S3_SECRET_ACCESS_KEY must be set together');
  }
  const endpoint = env.text('LOG_S3_ENDPOINT') === undefined ? undefined : env.url('LOG_S3_ENDPOINT', '');
  return {
    kind: 's3',
    bucket: env.text('LOG_S3_BUCKET', ''),
    region: env.text('LOG_S3_REGION', 'us-east-1'),
    endpoint,
    forcePathStyle: env.flag('LOG_S3_FORCE_PATH_STYLE', endpoint !== undefined),
    credentials: accessKeyId && secretAccessKey && { accessKeyId, secretAccessKey },
    objects: env.choice('LOG_S3_OBJECTS', ['record', 'batch']),
    timeoutMs: env.secondsAsMs('LOG_S3_TIMEOUT_SECONDS', { fallback: 30, min: 0.1, max: 300 }),
    pathPrefix: readPathPrefix(env),
  };
}

function readMode(env: Environment): 'async' | 'sync' {
  return env.choice('FILE_SERVER_WRITE_MODE', ['async', 'sync']);
}

/** What a store would refuse for every single record is refused here, once. */
function readPathPrefix(env: Environment): string {
  const prefix = env.text('FILE_SERVER_PATH_PREFIX', '');
  const folders = prefix.split('/').slice(0, -1);
  if (/^[^\\%\p{Cc}]{0,512}$/u.test(prefix) && folders.every((name) => !['', '.', '..'].includes(name))) return prefix;
  env.problems.add('FILE_SERVER_PATH_PREFIX', 'must be relative, without empty, "." or ".." folders, % or \\');
  return '';
}
