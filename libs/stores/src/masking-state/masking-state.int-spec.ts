import { setTimeout as sleep } from 'node:timers/promises';
import { Secret } from '@sallyport/config';
import { freePort, startRedis, type RedisServer } from '@sallyport/testing';
import { repeat } from '../queue/queue-places.fixture';
import { createMaskingState } from './create-masking-state';
import { InProcessMaskingState } from './in-process-masking-state';
import type { MaskingStateStore } from './masking-state-store';

const away = { code: 'unavailable', retryable: true };
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const onRedis = (url: string, timeoutMs = 60_000): MaskingStateStore =>
  createMaskingState({ redis: { url: new Secret(url) }, maxBytes: 0, timeoutMs });

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

describe.each([
  { store: 'Redis', open: () => onRedis(redis.url) },
  { store: 'the process', open: () => createMaskingState({ redis: undefined, maxBytes: 100_000, timeoutMs: 250 }) },
])('masking state in $store', ({ open }) => {
  let state: MaskingStateStore;
  beforeEach(async () => {
    state = open();
    await repeat(() => state.check());
  });
  afterEach(() => state.close());

  it('gives back any bytes in the order that is asked for', async () => {
    await state.put(
      [
        { name: 'a', value: bytes(0, 255, 10) },
        { name: 'b', value: bytes() },
      ],
      60,
    );
    const found = await state.get(['b', 'none', 'a']);
    expect(found.map((value) => value && [...value])).toEqual([[], undefined, [0, 255, 10]]);
  });

  it('replaces what was there', async () => {
    await state.put([{ name: 'c', value: bytes(1) }], 60);
    await state.put([{ name: 'c', value: bytes(2) }], 60);
    expect([...((await state.get(['c']))[0] ?? [])]).toEqual([2]);
  });

  it('forgets after the time to live', async () => {
    await state.put([{ name: 'd', value: bytes(1) }], 1);
    await sleep(1_200);
    expect(await state.get(['d'])).toEqual([undefined]);
  });

  it('takes nothing and gives nothing', async () => {
    await state.put([], 60);
    expect(await state.get([])).toEqual([]);
  });
});

describe(InProcessMaskingState.name, () => {
  it('drops what was not used for longest when it is full', async () => {
    const state = new InProcessMaskingState(999);
    const put = (name: string): Promise<void> => state.put([{ name, value: new Uint8Array(200) }], 60);
    for (const name of ['a', 'b', 'c']) await put(name);
    await state.get(['a']);
    await put('d');
    const found = await state.get(['a', 'b', 'c', 'd']);
    expect(found.map((value) => value !== undefined)).toEqual([true, false, true, true]);
  });
});

describe('a Redis that fails', () => {
  it('is told apart from one that knows nothing, at once and without waiting for it', async () => {
    const state = onRedis(`redis://127.0.0.1:${await freePort()}`);
    await expect(state.get(['a'])).rejects.toMatchObject(away);
    await expect(state.put([{ name: 'a', value: bytes(1) }], 60)).rejects.toMatchObject(away);
    await expect(state.check()).rejects.toMatchObject(away);
    await state.close();
  });

  describe('for a while', () => {
    let own: RedisServer;
    let state: MaskingStateStore;
    beforeEach(async () => {
      own = await startRedis();
      state = onRedis(own.url, 250);
    });
    afterEach(async () => {
      await state.close();
      await own.stop();
    });

    it('ends a call that it does not answer, and is used again when it is back', async () => {
      await repeat(() => state.check());
      own.pause();
      await expect(state.get(['a'])).rejects.toMatchObject(away);
      own.resume();
      expect(await repeat(() => state.get(['a']))).toEqual([undefined]);
    });
  });
});
