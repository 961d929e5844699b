import { createHash } from 'node:crypto';
import { pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import { isObject, parseJson, textOf } from '@sallyport/dialects';
import type { LogEntry } from '../../entry/log-entry';
import { safeCallId, safeName } from '../../entry/safe-name';
import { linesOf } from '../placing/lines';
import type { FoundRecord } from '../record-store.port';

/** Ending of the objects that hold the records of a batch, gzipped, a line each. */
export const BATCH_ENDING = '.ndjson.gz';

/** The records of a batch as the content of one object. */
export interface BatchContent {
  readonly body: Buffer;
  /** Digest of the lines: compressed they may differ from one release of Node.js to the next. */
  readonly sha256: string;
}

/** Whether a record is a line of its batch's object: not when it is to be kept apart, or is a text of several lines. */
export function isLine({ json, apart }: LogEntry): boolean {
  return apart !== true && !json.includes('\n');
}

export async function packBatch(entries: readonly LogEntry[]): Promise<BatchContent> {
  const lines = Buffer.from(entries.map(({ json }) => `${json}\n`).join(''), 'utf8');
  return { body: await promisify(gzip)(lines), sha256: digestOf(lines) };
}

/**
 * The records of an object. Each is named after its own id and call id, as several of a batch may have one id.
 *
 * @param content of the object, compressed
 */
export async function* unpackBatch(path: string, content: Readable): AsyncGenerator<FoundRecord> {
  // A failure of either stream ends the other one, and shows in the reading.
  const lines = pipeline(content, createGunzip(), () => undefined);
  for await (const line of linesOf(lines)) {
    const sha256 = digestOf(line);
    yield { path, name: nameOf(line), sha256: () => Promise.resolve(sha256) };
  }
}

export function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function nameOf(line: Buffer): string {
  const parsed = parseJson(line.toString('utf8'));
  const record = isObject(parsed) ? parsed : {};
  return `${safeName(textOf(record['id']) ?? '')}.${safeCallId(textOf(record['litellm_call_id']) ?? '')}`;
}
