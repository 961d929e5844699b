import type { FileServerClientSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { LogEntry, StoredEntry } from '../../entry/log-entry';
import { placeRecord, type Placed } from '../placing/place-record';
import { folderOf, pathsOf } from '../placing/record-path';
import { writeEach } from '../placing/write-each';
import type { FoundRecord, RecordStore, WriteResult } from '../record-store.port';
import { parseFilePage, type FilePage } from './file-page';
import { FileServerClient, statusError } from './file-server-client';

/** The most that the file server lists at once. */
const FILES_PER_PAGE = 1_000;

/** Keeps records on a file server, one file each. */
export class FileServerStore implements RecordStore {
  private readonly client: FileServerClient;

  constructor(private readonly settings: FileServerClientSettings) {
    this.client = new FileServerClient(settings);
  }

  async check(): Promise<void> {
    const { status, body } = await this.client.get(query({ prefix: this.settings.pathPrefix, limit: '1' }));
    if (status === 200 && parseFilePage(body) !== undefined) return;
    throw new SallyportError('upstream_failed', checkMessage(status), { retryable: isAway(status) });
  }

  write(_batchId: string, entries: readonly LogEntry[]): Promise<readonly WriteResult[]> {
    return writeEach(entries, (entry) =>
      placeRecord(pathsOf(this.settings.pathPrefix, entry), (path) => this.place(path, entry.json)),
    );
  }

  async holds({ stored: { path, bytes } }: StoredEntry): Promise<boolean> {
    const { files } = await this.page({ prefix: path, limit: '1' });
    return files.some((file) => file.path === path && file.bytes === bytes);
  }

  async *list(date: string): AsyncIterable<FoundRecord> {
    const prefix = folderOf(this.settings.pathPrefix, date);
    let cursor: string | undefined;
    do {
      const page = await this.page({ prefix, limit: String(FILES_PER_PAGE), ...(cursor !== undefined && { cursor }) });
      for (const { path } of page.files) {
        const name = /^([^/]+)\.json$/.exec(path.slice(prefix.length))?.[1];
        if (name !== undefined) yield { path, name, sha256: () => this.client.sha256(path) };
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private async place(path: string, json: string): Promise<Placed> {
    // The record is put into the body as it is: parsing it again would change big numbers and cost time.
    const request = `{"path":${JSON.stringify(path)},"mode":"${this.settings.mode}","content":${json}}`;
    const { status, body } = await this.client.post(request);
    if (status === 409) return 'taken';
    if (status < 200 || status > 299) throw statusError(status);
    return /"created"\s*:\s*false/.test(body) ? 'present' : 'created';
  }

  private async page(parameters: Record<string, string>): Promise<FilePage> {
    const { status, body } = await this.client.get(query(parameters));
    const page = status === 200 ? parseFilePage(body) : undefined;
    if (page !== undefined) return page;
    throw new SallyportError('upstream_failed', `The file server cannot list files (status ${status})`, {
      retryable: true,
    });
  }
}

function query(parameters: Record<string, string>): string {
  return `?${new URLSearchParams(parameters).toString()}`;
}

/** Statuses that end by themselves. */
function isAway(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

function checkMessage(status: number): string {
  if (isAway(status)) return `The file server cannot take records now (status ${status})`;
  if (status === 401 || status === 403) return 'FILE_SERVER_AUTH_TOKEN: the file server takes another token';
  if (status === 400) return 'FILE_SERVER_PATH_PREFIX: the file server takes no such path';
  return `FILE_SERVER_URL: what answers there is no file server (status ${status})`;
}
