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
    const status = await this.post(`${folder}/${entry.name}.json`, entry.json);
    if (status === 409) {
      const beside = await this.post(`${folder}/${entry.name}.${entry.callId}.json`, entry.json);
      return beside === 200 ? 'present' : accepted(beside, 'written_beside');
    }
    return status === 200 ? 'present' : accepted(status, 'written');
  }

  close(): Promise<void> {
    return this.agent.close();
  }

  /** @returns the status of the answer */
  private async post(path: string, json: string): Promise<number> {
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
      await reply.body.dump();
      return reply.statusCode;
    } catch (error) {
      throw new SallyportError('upstream_failed', 'The file server cannot be reached', {
        retryable: true,
        cause: error,
      });
    }
  }
}

function accepted(status: number, outcome: WriteOutcome): WriteOutcome {
  if (status === 201 || status === 202) return outcome;
  throw new SallyportError('upstream_failed', `The file server answered with status ${status}`, {
    retryable: !REFUSES_RECORD.has(status),
  });
}
