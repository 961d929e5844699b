import { SallyportError } from '@sallyport/dialects';

/** Gives a failure of the file system its code; anything unexpected is handed back as it is. */
export function storageError(error: unknown): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new SallyportError('storage_full', 'The disk is full', { retryable: true, cause: error });
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
    case 'EIO':
    case 'EMFILE':
    case 'ENFILE':
      return new SallyportError('unavailable', 'The disk cannot be written', { retryable: true, cause: error });
    case 'EEXIST':
    case 'ENOTDIR':
    case 'EISDIR':
      return new SallyportError('conflict', 'A part of the path is a file, or the path is a folder', { param: 'path' });
    case 'ELOOP':
      return outside();
    default:
      return error;
  }
}

/** The refusal of a path that a symbolic link leads out of the base directory. */
export function outside(): SallyportError {
  return new SallyportError('invalid_request', 'leads out of the base directory', { param: 'path' });
}
