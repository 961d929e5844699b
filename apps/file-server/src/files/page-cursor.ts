import { SallyportError } from '@sallyport/dialects';
import { parseFilePath } from '../storage/file-path';

/** Clients hand a cursor back as they got it; its form may change. */
export function encodeCursor(lastPath: string): string {
  return Buffer.from(lastPath, 'utf8').toString('base64url');
}

/** @throws SallyportError `invalid_request` when it is not a cursor of this server */
export function decodeCursor(cursor: string): string {
  const path = Buffer.from(cursor, 'base64url').toString('utf8');
  try {
    return parseFilePath(path).join('/');
  } catch (error) {
    throw new SallyportError('invalid_request', 'cursor is not one of this server', { param: 'cursor', cause: error });
  }
}
