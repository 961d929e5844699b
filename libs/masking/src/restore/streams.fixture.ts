import { SseDecoder, type SseEvent } from '@sallyport/dialects';
import type { MaskedEndpoint } from '../positions/masked-endpoint';
import { createReplyRestorer, type ReplyRestorer } from './reply-restorer';
import type { RestoreOptions } from './reply-session';

export type Json = Record<string, unknown>;

/** Cuts a text into pieces that fall inside tokens. */
export function pieces(text: string): string[] {
  return text.match(/[^]{1,17}/gu) ?? [];
}

/** One server-sent event. */
export function frame(data: Json, event?: string): string {
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/** All events of a stream that is there as a whole. */
export function eventsOf(bytes: Uint8Array): SseEvent[] {
  const decoder = new SseDecoder();
  const events = decoder.push(bytes);
  expect(decoder.end()).toBeUndefined();
  return events;
}

/** The data of all events that hold JSON. */
export function dataOf(bytes: Uint8Array): Json[] {
  return eventsOf(bytes).flatMap(({ data }) => (data?.startsWith('{') ? [JSON.parse(data) as Json] : []));
}

interface RestoredStream {
  readonly bytes: Buffer;
  readonly restorer: ReplyRestorer;
}

/** Restores a stream that arrives in given chunks. */
export function restoreChunks(
  endpoint: MaskedEndpoint,
  options: RestoreOptions,
  chunks: readonly Uint8Array[],
): RestoredStream {
  const restorer = createReplyRestorer(endpoint, options);
  const stream = restorer.stream();
  return { bytes: Buffer.concat([...chunks.flatMap((chunk) => stream.push(chunk)), ...stream.end()]), restorer };
}

/** Restores a stream that arrives as a whole. */
export function restoreStream(endpoint: MaskedEndpoint, options: RestoreOptions, stream: string): RestoredStream {
  return restoreChunks(endpoint, options, [Buffer.from(stream)]);
}

/** Cuts bytes into chunks of given sizes, again and again. */
export function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] as number;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}
