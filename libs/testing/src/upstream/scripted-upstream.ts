import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChunkedReply, RecordedRequest, ReplyScript, WholeReply } from './scripted-reply';

const NO_SCRIPT: WholeReply = { status: 501, body: { error: { message: 'this upstream has no script' } } };

/**
 * A real HTTP server on a free local port that records what it is sent and answers what the test scripts, faults of
 * the network included.
 */
export class ScriptedUpstream {
  /** Every request so far, in the order in which their bodies were complete. */
  readonly requests: RecordedRequest[] = [];
  private reply: ReplyScript = () => NO_SCRIPT;

  private constructor(private readonly server: Server) {
    server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
      this.serve(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error as Error));
    });
  }

  static async start(): Promise<ScriptedUpstream> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new ScriptedUpstream(server);
  }

  /** Address without a trailing slash. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Decides all replies from now on; without a script the upstream answers 501. */
  script(reply: ReplyScript): void {
    this.reply = reply;
  }

  /** Breaks every open connection and stops. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request: RecordedRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: await buffer(incoming),
      aborted: false,
    };
    this.requests.push(request);
    let resetHere = false;
    outgoing.on('close', () => (request.aborted = !outgoing.writableFinished && !resetHere));
    const reply = await this.reply(request);
    if ('chunks' in reply) await sendChunks(outgoing, reply);
    else if (!('fault' in reply)) sendWhole(outgoing, reply);
    if ('fault' in reply && reply.fault === 'reset') {
      resetHere = true;
      outgoing.socket?.resetAndDestroy();
    }
  }
}

function sendWhole(outgoing: ServerResponse, { status = 200, headers, body }: WholeReply): void {
  const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  outgoing.writeHead(status, { ...(raw ? {} : { 'content-type': 'application/json' }), ...headers });
  outgoing.end(raw ? body : JSON.stringify(body));
}

async function sendChunks(outgoing: ServerResponse, reply: ChunkedReply): Promise<void> {
  outgoing.writeHead(reply.status ?? 200, { 'content-type': 'text/event-stream', ...reply.headers });
  outgoing.flushHeaders();
  for (const [index, chunk] of reply.chunks.entries()) {
    await reply.before?.(index);
    if (reply.delayMs !== undefined) await sleep(reply.delayMs);
    if (outgoing.destroyed) return;
    await new Promise<void>((resolve) => outgoing.write(chunk, () => resolve()));
  }
  if (reply.fault === undefined || reply.fault === 'truncate') outgoing.end();
}
