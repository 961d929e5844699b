import { Inject, Injectable } from '@nestjs/common';
import { SallyportError } from '@sallyport/dialects';
import { parseBody } from '@sallyport/platform';
import type { z } from 'zod';
import { FileMetrics } from '../metrics/file-metrics';
import { FILE_SERVER_SETTINGS, type FileServerSettings } from '../settings';
import { listFiles, type ListedFile } from './file-listing';
import { FileStore } from './file-store';
import { listQuerySchema, writeFileSchema } from './files.schema';

export interface FilePage {
  readonly files: readonly ListedFile[];
  /** Give it as `cursor` to get the next page; null when this is the last one. */
  readonly next_cursor: string | null;
}

@Injectable()
export class FilesService {
  constructor(
    @Inject(FILE_SERVER_SETTINGS) private readonly settings: FileServerSettings,
    @Inject(FileStore) private readonly store: FileStore,
    @Inject(FileMetrics) private readonly metrics: FileMetrics,
  ) {}

  /** @returns the HTTP status that the mode promises, and where the file is */
  async write(body: z.input<typeof writeFileSchema>): Promise<{ status: number; path: string }> {
    const { path, content, mode } = parseBody(writeFileSchema, body);
    const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
    try {
      const isNew = await this.store.write(path, bytes, mode);
      this.metrics.written(isNew ? 'created' : 'repeated', bytes.length);
    } catch (error) {
      this.metrics.written(error instanceof SallyportError ? error.code : 'internal', 0);
      throw error;
    }
    return { status: mode === 'sync' ? 201 : 202, path };
  }

  async list(query: unknown): Promise<FilePage> {
    const { prefix, limit, cursor } = parseBody(listQuerySchema, query);
    const files = await listFiles(this.settings.baseDir, { prefix, after: cursor, limit: limit + 1 });
    const page = files.slice(0, limit);
    return { files: page, next_cursor: files.length > limit ? (page.at(-1)?.path ?? null) : null };
  }
}
