import { Inject, Injectable } from '@nestjs/common';
import { SallyportError } from '@sallyport/dialects';
import { parseBody } from '@sallyport/platform';
import { FileMetrics } from '../metrics/file-metrics';
import { checkPrefix } from '../storage/file-path';
import { FileStore, type OpenFile } from '../storage/file-store';
import type { ListedFile } from '../storage/file-listing';
import { listFilesSchema, type WriteFileRequest, type WrittenFile } from './files.schema';
import { decodeCursor, encodeCursor } from './page-cursor';
import { storedContent } from './stored-content';

/** One page of files. */
export interface FilePage {
  readonly files: readonly ListedFile[];
  /** Asks for the next page; null at the end. */
  readonly next_cursor: string | null;
}

@Injectable()
export class FilesService {
  constructor(
    @Inject(FileStore) private readonly store: FileStore,
    @Inject(FileMetrics) private readonly metrics: FileMetrics,
  ) {}

  async write({ path, content, mode = 'async' }: WriteFileRequest, rawBody: Buffer): Promise<WrittenFile> {
    const startedAt = performance.now();
    try {
      const bytes = storedContent(content, rawBody);
      const created = await this.store.write(path, bytes, mode);
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
    const { prefix, limit, cursor } = parseBody(listFilesSchema, query);
    checkPrefix(prefix);
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const { files, more } = await this.store.list({ prefix, limit, after });
    const last = files.at(-1);
    return { files, next_cursor: more && last !== undefined ? encodeCursor(last.path) : null };
  }
}
