import { Environment, readMaskingSettings } from '@sallyport/config';
import { loadMaskingKeys, type MaskingKeys } from './masking-keys';

const load = (key: string, previous = ''): Promise<MaskingKeys> =>
  loadMaskingKeys(readMaskingSettings(new Environment({ MASKING_KEY: key, MASKING_PREVIOUS_KEYS: previous })));

describe(loadMaskingKeys.name, () => {
  it('calls a key the same wherever it stands', async () => {
    const [a] = (await load('a')).ids;
    const [b] = (await load('b')).ids;
    expect((await load('b', 'a')).ids).toEqual([b, a]);
    expect(a).toMatch(/^[0-9a-f]{12}$/);
  });

  it('makes the same tokens with a key while it is a previous one, and others with the current one', async () => {
    const tokenIn = (keys: MaskingKeys, keyId?: string): string =>
      keys.scope('tenant', keyId).mint.mint('email', 'x@y.zz', 0);
    const before = await load('a');
    const after = await load('b', 'a');
    expect(tokenIn(after, before.ids[0])).toBe(tokenIn(before));
    expect(tokenIn(after)).not.toBe(tokenIn(before));
    expect(after.scopes('tenant').map(({ keyId }) => keyId)).toEqual(after.ids);
  });

  it('takes a key once that is listed twice', async () => {
    const keys = await load('a', 'b,a,b');
    expect([keys.ids.length, keys.rotated]).toEqual([2, true]);
    expect((await load('a', 'a')).rotated).toBe(false);
  });
});
