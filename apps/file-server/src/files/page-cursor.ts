import { SallyportError } from '@sallyport/dialects';
import { parseFilePath } from '../storage/file-path';

/** Where a listing goes on. */
export interface PageCursor {
  /** The last path of the page before. */
  readonly after: string;
  /** When the first page was asked for. */
  readonly startedAt: number;
}

const TEXT = /^(?<startedAt>[\da-z]{1,11}):(?<after>.+)$/s;

/** Clients hand a cursor back as they got it; its form may change. */
export function encodeCursor({ after, startedAt }: PageCursor): string {
  return Buffer.from(`${startedAt.toString(36)}:${after}`, 'utf8').toString('base64url');
}

/** @throws SallyportError `invalid_request` when it is not a cursor of this server */
export function decodeCursor(cursor: string): PageCursor {
  const { startedAt = '', after = '' } = TEXT.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.groups ?? {};
  try {
    return { after: parseFilePath(after).join('/'), startedAt: Number.parseInt(startedAt, 36) };
  } catch (error) {
    throw new SallyportError('invalid_request', 'cursor is not one of this server', { param: 'cursor', cause: error });
  }
}
