import { createHash } from 'node:crypto';
import type { FileServerClientSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { Agent, request, type Dispatcher } from 'undici';

/** What the file server said. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * HTTP with a file server. The time-out of the settings holds for a whole exchange, from the connection to the last byte
 * of the answer, so neither silence nor an answer that comes drop by drop lasts longer.
 */
export class FileServerClient {
  private readonly agent: Agent;

  constructor(private readonly settings: FileServerClientSettings) {
    // undici's own time-outs begin anew with each piece that comes; the one of the exchange is what counts.
    this.agent = new Agent({ connect: { timeout: settings.timeoutMs }, headersTimeout: 0, bodyTimeout: 0 });
  }

  /**
   * Asks for a file to be written.
   *
   * @throws SallyportError `upstream_failed` (retryable) when there is no answer
   */
  post(body: string): Promise<Answer> {
    return this.exchange('', { method: 'POST', body }, textOf);
  }

  /**
   * @param target what follows `/v1/files`
   * @throws SallyportError as {@link FileServerClient.post} does
   */
  get(target: string): Promise<Answer> {
    return this.exchange(target, { method: 'GET' }, textOf);
  }

  /**
   * Digest of a file in hexadecimal.
   *
   * @throws SallyportError `upstream_failed` (retryable) when it cannot be read
   */
  sha256(path: string): Promise<string> {
    const target = `/${path.split('/').map(encodeURIComponent).join('/')}`;
    return this.exchange(target, { method: 'GET' }, async (reply) => {
      if (reply.statusCode !== 200) throw statusError((await textOf(reply)).status);
      const hash = createHash('sha256');
      for await (const chunk of reply.body) hash.update(chunk as Buffer);
      return hash.digest('hex');
    });
  }

  close(): Promise<void> {
    return this.agent.close();
  }

  private async exchange<T>(
    target: string,
    options: Pick<Dispatcher.RequestOptions, 'method' | 'body'>,
    read: (reply: Dispatcher.ResponseData) => Promise<T>,
  ): Promise<T> {
    const { url, token, timeoutMs } = this.settings;
    const headers = {
      authorization: `Bearer ${token.reveal()}`,
      ...(options.method === 'POST' && { 'content-type': 'application/json' }),
    };
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const address = `${url}/v1/files${target}`;
      return await read(await request(address, { ...options, headers, signal, dispatcher: this.agent }));
    } catch (error) {
      if (error instanceof SallyportError) throw error;
      throw new SallyportError('upstream_failed', `The file server cannot be reached (${reasonOf(error)})`, {
        retryable: true,
        cause: error,
      });
    }
  }
}

/**
 * Refusals of this one record. Everything else, a wrong key or address too, hits all records alike and ends when
 * somebody mends it: those are tried again.
 */
const REFUSES_RECORD: ReadonlySet<number> = new Set([400, 413, 414, 415, 422]);

/** What a status that is no success means for a record. */
export function statusError(status: number): SallyportError {
  return new SallyportError('upstream_failed', `The file server answered with status ${status}`, {
    retryable: !REFUSES_RECORD.has(status),
  });
}

async function textOf({ statusCode, body }: Dispatcher.ResponseData): Promise<Answer> {
  return { status: statusCode, body: await body.text() };
}

/** A code such as ECONNREFUSED; messages may quote the address with what it holds. */
function reasonOf(error: unknown): string {
  const { code, name } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : name;
}
