/** One stream as a client received it. */
export interface RecordedStream {
  readonly text: string;
  /** The client did not want the rest. */
  readonly brokenOff: boolean;
}

/** A reply as a client received it. */
export interface RecordedReply {
  readonly status: number;
  readonly headers: Headers;
  /** Empty for a good reply. */
  readonly refusal: string;
}

/** Keeps what clients receive: every stream as it came, and the last reply. */
export class ReplyRecorder {
  /** Undefined before there is one. */
  lastReply: RecordedReply | undefined;
  private streams: Promise<RecordedStream>[] = [];

  /** To be given to clients in place of the global one. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const reply = await globalThis.fetch(input, init);
    const { ok, status, headers } = reply;
    this.lastReply = { status, headers, refusal: ok ? '' : await reply.clone().text() };
    const isStream = headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (reply.body === null || !isStream) return reply;
    const [shown, kept] = reply.body.tee();
    this.streams.push(record(kept));
    return new Response(shown, reply);
  };

  /** The streams since the last call, once they are over. */
  take(): Promise<RecordedStream[]> {
    return Promise.all(this.streams.splice(0));
  }
}

async function record(body: ReadableStream<Uint8Array>): Promise<RecordedStream> {
  const chunks: Uint8Array[] = [];
  let brokenOff = false;
  try {
    for await (const chunk of body) chunks.push(chunk);
  } catch (error) {
    brokenOff = (error as Error).name === 'AbortError';
    if (!brokenOff) throw error;
  }
  return { text: Buffer.concat(chunks).toString(), brokenOff };
}
