import { createHash } from 'node:crypto';
import type { FileServerClientSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { Agent, request, type Dispatcher } from 'undici';

/** What the file server said. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** HTTP with a file server. Every silence ends after the time-out of the settings. */
export class FileServerClient {
  private readonly agent: Agent;

  constructor(private readonly settings: FileServerClientSettings) {
    const { timeoutMs } = settings;
    this.agent = new Agent({
      connect: { timeout: timeoutMs },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      pipelining: 1,
    });
  }

  /**
   * Asks for a file to be written; the time-out holds for the whole exchange.
   *
   * @throws SallyportError `upstream_failed` (retryable) when there is no answer
   */
  post(body: string): Promise<Answer> {
    const signal = AbortSignal.timeout(this.settings.timeoutMs);
    return this.exchange('', { method: 'POST', body, signal }, textOf);
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
    options: Pick<Dispatcher.RequestOptions, 'method' | 'body' | 'signal'>,
    read: (reply: Dispatcher.ResponseData) => Promise<T>,
  ): Promise<T> {
    const { url, token } = this.settings;
    const headers = {
      authorization: `Bearer ${token.reveal()}`,
      ...(options.method === 'POST' && { 'content-type': 'application/json' }),
    };
    try {
      return await read(await request(`${url}/v1/files${target}`, { ...options, headers, dispatcher: this.agent }));
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
