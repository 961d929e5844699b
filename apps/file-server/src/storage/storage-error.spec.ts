import { SallyportError } from '@sallyport/dialects';
import { readError, writeError } from './storage-error';

const failure = (code: string): Error => Object.assign(new Error(`${code}: /the/path`), { code });

describe(writeError.name, () => {
  it.each([
    ['ENOSPC', 'storage_full', true],
    ['EDQUOT', 'storage_full', true],
    ['EROFS', 'unavailable', true],
    ['EACCES', 'unavailable', true],
    ['EIO', 'unavailable', true],
    ['EMFILE', 'unavailable', true],
    ['ENOTDIR', 'conflict', false],
    ['ENAMETOOLONG', 'invalid_request', false],
  ])('makes of %s %s', (code, expected, retryable) => {
    const error = writeError(failure(code)) as SallyportError;
    expect(error).toMatchObject({ code: expected, retryable });
    expect(error.message).not.toContain('/the/path');
  });

  it('passes on what is no failure of the disk', () => {
    const own = new SallyportError('conflict', 'taken');
    expect(writeError(own)).toBe(own);
  });
});

describe(readError.name, () => {
  it.each([
    ['ENOENT', 'not_found'],
    ['ENOTDIR', 'not_found'],
    ['ELOOP', 'not_found'],
    ['EIO', 'unavailable'],
    ['EMFILE', 'unavailable'],
  ])('makes of %s %s', (code, expected) => expect(readError(failure(code))).toMatchObject({ code: expected }));
});
