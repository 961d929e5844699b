import { SallyportError } from '@sallyport/dialects';
import { storageError } from './storage-error';

const withCode = (code: number | string, errno?: number): Error => Object.assign(new Error('x'), { code, errno });

describe(storageError.name, () => {
  it.each([
    ['no space, from LMDB', withCode(28), 'storage_full'],
    ['no space, from Node', withCode('ENOSPC', -28), 'storage_full'],
    ['a quota', withCode(122), 'storage_full'],
    ['a limit of the file size', withCode(27), 'storage_full'],
    ['a write that the disk took in part', withCode(5), 'storage_full'],
    ['a map that cannot grow', withCode(-30_792), 'storage_full'],
    ['a page that is not found', withCode(-30_797), 'unavailable'],
    ['a right that is missing', withCode('EACCES', -13), 'unavailable'],
    ['anything else', undefined, 'unavailable'],
  ])('takes %s for what it is', async (_what, cause, code) => {
    expect(await storageError(cause)).toMatchObject({ code, retryable: true });
    const { promise: commitError, reject } = Promise.withResolvers<never>();
    reject(cause);
    expect(await storageError(Object.assign(new Error('Commit failed'), { commitError }))).toMatchObject({
      code,
      cause,
    });
  });

  it('leaves an error of ours as it is', async () => {
    const error = new SallyportError('conflict', 'x');
    expect(await storageError(error)).toBe(error);
  });
});
