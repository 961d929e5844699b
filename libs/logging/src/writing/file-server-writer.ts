import type { FileServerClientSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { Agent, request } from 'undici';
import type { LogEntry } from '../entry/log-entry';
import type { RecordWriter, WriteOutcome } from './record-writer.port';

/**
 * Refusals of this one record. Everything else, a wrong key or address too, hits all records alike and ends when
 * somebody mends it: those are tried again.
 */
const REFUSES_RECORD: ReadonlySet<number> = new Set([400, 409, 413, 414, 415, 422]);

interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * Writes records to a file server, one file each: `{prefix}{YYYY-MM-DD}/{name}.json`. Where another record already has
 * that name, the call id is put between: `{name}.{call id}.json`.
 */
export class FileServerWriter implements RecordWriter {
  private readonly agent: Agent;
  private readonly url: string;

  constructor(private readonly settings: FileServerClientSettings) {
    this.agent = new Agent({ connect: { timeout: settings.timeoutMs }, pipelining: 1 });
    this.url = `${settings.url}/v1/files`;
  }

  async write(entry: LogEntry): Promise<WriteOutcome> {
    const folder = `${this.settings.pathPrefix}${entry.date}`;
    const first = await this.post(`${folder}/${entry.name}.json`, entry.json);
    if (first.status !== 409) return outcomeOf(first, 'written');
    return outcomeOf(await this.post(`${folder}/${entry.name}.${entry.callId}.json`, entry.json), 'written_beside');
  }

  close(): Promise<void> {
    return this.agent.close();
  }

  private async post(path: string, json: string): Promise<Answer> {
    const { mode, token, timeoutMs } = this.settings;
    // The record is put into the body as it is: parsing it again would change big numbers and cost time.
    const body = `{"path":${JSON.stringify(path)},"mode":"${mode}","content":${json}}`;
    try {
      const reply = await request(this.url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token.reveal()}`, 'content-type': 'application/json' },
        body,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: reply.statusCode, body: await reply.body.text() };
    } catch (error) {
      throw new SallyportError('upstream_failed', 'The file server cannot be reached', {
        retryable: true,
        cause: error,
      });
    }
  }
}

function outcomeOf({ status, body }: Answer, created: WriteOutcome): WriteOutcome {
  if (status >= 200 && status < 300) return /"created"\s*:\s*false/.test(body) ? 'present' : created;
  throw new SallyportError('upstream_failed', `The file server answered with status ${status}`, {
    retryable: !REFUSES_RECORD.has(status),
  });
}
