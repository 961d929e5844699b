import { SallyportError } from '@sallyport/dialects';
import { diskError } from './disk-error';

describe(diskError.name, () => {
  it.each([
    ['ENOSPC', 'storage_full'],
    ['EDQUOT', 'storage_full'],
    ['EROFS', 'unavailable'],
    ['EACCES', 'unavailable'],
    ['EIO', 'unavailable'],
    ['EMFILE', 'unavailable'],
    ['ENOTDIR', 'unavailable'],
    ['ENAMETOOLONG', 'unavailable'],
  ])('makes of %s %s, to be tried again, without the path', (code, expected) => {
    const failure = Object.assign(new Error(`${code}: /the/path`), { code });
    const message = `It cannot be written (${code})`;
    expect(diskError('It cannot be written', failure)).toMatchObject({ code: expected, message, retryable: true });
  });

  it('passes on what is no failure of the disk', () => {
    for (const own of [new SallyportError('conflict', 'taken'), new TypeError('x')]) {
      expect(diskError('It cannot be written', own)).toBe(own);
    }
  });
});
