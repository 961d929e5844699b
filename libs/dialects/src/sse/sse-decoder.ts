/** One event of a server-sent event stream (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface SseEvent {
  /** The bytes of the event as they arrived, its blank line included. */
  readonly raw: Uint8Array;
  /** Value of the `event:` line; undefined when there is none. */
  readonly event: string | undefined;
  /** The `data:` lines joined by a newline; undefined when there is none, as for a comment. */
  readonly data: string | undefined;
}

/** An event grew beyond the limit of the {@link SseDecoder}. */
export class SseEventTooLargeError extends Error {
  constructor(readonly limit: number) {
    super(`a stream event is larger than ${limit} bytes`);
    this.name = 'SseEventTooLargeError';
  }
}

const LF = 0x0a;
const CR = 0x0d;
const EMPTY = new Uint8Array(0);

/**
 * Cuts a byte stream into server-sent events. Framing works on bytes and text is decoded only for complete events,
 * so the network may cut the stream anywhere, inside a UTF-8 character too.
 *
 * Holds the bytes of at most one incomplete event; one instance serves one stream.
 */
export class SseDecoder {
  /** Bytes of the incomplete event, with room to grow; never handed out before it is replaced. */
  private rest = EMPTY;
  private restLength = 0;
  private restHasCr = false;

  /** @param maxEventBytes largest event accepted, in bytes */
  constructor(private readonly maxEventBytes = 16 * 1024 * 1024) {}

  /**
   * Takes the next bytes of the stream.
   *
   * @returns the events that are now complete, in order; their bytes belong to the caller
   * @throws SseEventTooLargeError when an incomplete event exceeds the limit
   */
  push(chunk: Uint8Array): SseEvent[] {
    // The last three bytes are looked at again: they may be the first half of a CR LF CR LF.
    const scanFrom = Math.max(0, this.restLength - 3);
    // Only what is new is searched: an event that arrives in many small pieces would cost the square of its size.
    const hasCr = this.restHasCr || chunk.includes(CR);
    const bytes = this.append(chunk);
    const events: SseEvent[] = [];
    let start = 0;
    const endOfEvent = hasCr ? endAfterAnyBlankLine : endAfterLineFeeds;
    for (let end = endOfEvent(bytes, scanFrom); end !== -1; end = endOfEvent(bytes, start)) {
      events.push(parseEvent(bytes.subarray(start, end)));
      start = end;
    }
    if (events.length > 0 || this.restLength === 0) this.keep(bytes.subarray(start));
    this.restHasCr = hasCr && (events.length === 0 || this.rest.includes(CR));
    if (this.restLength > this.maxEventBytes) throw new SseEventTooLargeError(this.maxEventBytes);
    return events;
  }

  /**
   * Ends the stream.
   *
   * @returns the last event when the stream stopped without its blank line; undefined when nothing is left over
   */
  end(): SseEvent | undefined {
    const rest = this.rest.subarray(0, this.restLength);
    this.keep(EMPTY);
    return rest.length === 0 ? undefined : parseEvent(rest);
  }

  /** Everything not handed out yet, `chunk` included. Doubles the room when it is short, so bytes are rarely moved. */
  private append(chunk: Uint8Array): Uint8Array {
    if (this.restLength === 0) return chunk;
    const length = this.restLength + chunk.length;
    if (length > this.rest.length) {
      const larger = new Uint8Array(length * 2);
      larger.set(this.rest.subarray(0, this.restLength));
      this.rest = larger;
    }
    this.rest.set(chunk, this.restLength);
    this.restLength = length;
    return this.rest.subarray(0, length);
  }

  private keep(bytes: Uint8Array): void {
    this.rest = bytes.slice();
    this.restLength = bytes.length;
  }
}

const BLANK_LINE = Buffer.from('\n\n');

/** Offset behind the first blank line at or after `from`, or -1, in bytes without a CR, as nearly all are. */
function endAfterLineFeeds(bytes: Uint8Array, from: number): number {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(BLANK_LINE, from);
  return at === -1 ? -1 : at + BLANK_LINE.length;
}

/** The same for line ends of any kind. */
function endAfterAnyBlankLine(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at += 1) {
    const afterLine = afterLineEnd(bytes, at);
    if (afterLine === -1) continue;
    const afterBlank = afterLineEnd(bytes, afterLine);
    // A CR at the very end may be the first half of CR LF: wait for the next byte.
    if (afterBlank !== -1 && !(bytes[afterBlank - 1] === CR && afterBlank === bytes.length)) return afterBlank;
  }
  return -1;
}

/** Offset behind the line end that stands at `at` (LF, CR LF or CR), or -1 when there is none. */
function afterLineEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] === LF) return at + 1;
  if (bytes[at] !== CR) return -1;
  return bytes[at + 1] === LF ? at + 2 : at + 1;
}

/** What nearly every event of a chat stream looks like. */
const ONE_DATA_LINE = /^data: [^\r\n]*\n\n$/;

function parseEvent(raw: Uint8Array): SseEvent {
  let event: string | undefined;
  let data: string | undefined;
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString('utf8');
  if (ONE_DATA_LINE.test(text)) return { raw, event, data: text.slice(6, -2) };
  // A stream may begin with a byte order mark.
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    if (line.startsWith('data:')) {
      const value = fieldValue(line, 5);
      data = data === undefined ? value : `${data}\n${value}`;
    } else if (line.startsWith('event:')) event = fieldValue(line, 6);
  }
  return { raw, event, data };
}

function fieldValue(line: string, from: number): string {
  return line.slice(line[from] === ' ' ? from + 1 : from);
}

/**
 * Writes one event: an `event:` line when a name is given, then a `data:` line for each line of `data`.
 *
 * @param data the payload, usually one line of JSON
 */
export function encodeSseEvent(data: string, event?: string): Uint8Array {
  const name = event === undefined ? '' : `event: ${event}\n`;
  const lines = data.includes('\n') ? data.split('\n').join('\ndata: ') : data;
  return Buffer.from(`${name}data: ${lines}\n\n`);
}
