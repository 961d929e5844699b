import { Inject, Injectable } from '@nestjs/common';
import { SallyportError } from '@sallyport/dialects';
import { parseBody } from '@sallyport/platform';
import type { WriteSeat } from '../admission/write-gate';
import { FileMetrics } from '../metrics/file-metrics';
import { checkPrefix } from '../storage/file-path';
import { FileStore, type OpenFile } from '../storage/file-store';
import { listingTime } from '../storage/folder-names';
import { listFilesSchema, type FilePage, type WriteFileRequest, type WrittenFile } from './files.schema';
import { decodeCursor, encodeCursor } from './page-cursor';
import { storedContent } from './stored-content';

@Injectable()
export class FilesService {
  constructor(
    @Inject(FileStore) private readonly store: FileStore,
    @Inject(FileMetrics) private readonly metrics: FileMetrics,
  ) {}

  /** @param seat that the write was given when it came */
  async write(request: WriteFileRequest, rawBody: Buffer, seat: WriteSeat): Promise<WrittenFile> {
    const { path, content, mode = 'async' } = request;
    const startedAt = performance.now();
    try {
      const bytes = storedContent(content, rawBody);
      const created = await seat.run(() => this.store.write(path, bytes, mode));
      const took = performance.now() - startedAt;
      this.metrics.wrote(mode, created ? 'created' : 'present', created ? bytes.length : 0, took);
      return { path, bytes: bytes.length, mode, created };
    } catch (error) {
      const outcome = error instanceof SallyportError ? error.code : 'internal';
      this.metrics.wrote(mode, outcome, 0, performance.now() - startedAt);
      throw error;
    }
  }

  read(path: string): Promise<OpenFile> {
    return this.store.read(path);
  }

  async list(query: unknown): Promise<FilePage> {
    const began = performance.now();
    const { prefix, date, limit, cursor } = parseBody(listFilesSchema, query);
    const wanted = date === undefined ? prefix : `${prefix}${date}/`;
    checkPrefix(wanted);
    const { after, startedAt } =
      cursor === undefined ? { after: undefined, startedAt: listingTime() } : decodeCursor(cursor);
    const { files, more } = await this.store.list({ prefix: wanted, limit, after, startedAt });
    this.metrics.listed(performance.now() - began);
    const last = files.at(-1);
    return { files, next_cursor: more && last !== undefined ? encodeCursor({ after: last.path, startedAt }) : null };
  }
}
