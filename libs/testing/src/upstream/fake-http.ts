/** One call as a {@link FakeHttp} was given it. */
export interface FakeHttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body?: Uint8Array;
  readonly signal: AbortSignal;
  readonly firstByteTimeoutMs: number;
  readonly idleTimeoutMs: number;
}

export interface FakeHttpReply {
  /** 200 when left out. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes as they arrive; anything else is sent as JSON at once. */
  readonly chunks?: readonly (string | Uint8Array)[];
  readonly json?: unknown;
  /** Thrown behind the last chunk, as by a connection that breaks. */
  readonly breaks?: Error;
  /** Keeps the body open behind the last chunk until the call is aborted. */
  readonly stalls?: boolean;
}

interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** An HTTP port without a network: keeps what it is asked to send and answers what the test says. */
export class FakeHttp {
  readonly requests: FakeHttpRequest[] = [];
  private answer: (request: FakeHttpRequest) => FakeHttpReply | Promise<FakeHttpReply> = () => ({ status: 501 });

  /** Decides all replies from now on; what it throws is thrown by `send`. */
  script(answer: (request: FakeHttpRequest) => FakeHttpReply | Promise<FakeHttpReply>): void {
    this.answer = answer;
  }

  async send(request: FakeHttpRequest): Promise<HttpReply> {
    this.requests.push(request);
    request.signal.throwIfAborted();
    const reply = await this.answer(request);
    const headers = { ...(reply.chunks === undefined && { 'content-type': 'application/json' }), ...reply.headers };
    return { status: reply.status ?? 200, headers, body: body(reply, request.signal) };
  }
}

async function* body({ chunks, json, breaks, stalls }: FakeHttpReply, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks ?? [JSON.stringify(json ?? {})]) {
    signal.throwIfAborted();
    yield await Promise.resolve(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  }
  if (breaks !== undefined) throw breaks;
  if (stalls === true)
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}
