import { SallyportError } from '@sallyport/dialects';
import type { WriteResult } from '../record-store.port';
import { writeEach } from './write-each';

const away = new SallyportError('unavailable', 'away', { retryable: true });
const refused = new SallyportError('invalid_request', 'refused');
const numbers = Array.from({ length: 100 }, (_, index) => index);

describe(writeEach.name, () => {
  const written = (path: string): WriteResult => ({ outcome: 'written', path });

  it('gives the results in the order of the records, whichever ends first', async () => {
    const results = await writeEach(numbers, async (index) => {
      await new Promise((resolve) => setTimeout(resolve, (index * 7) % 5));
      return written(String(index));
    });
    expect(results).toEqual(numbers.map((index) => written(String(index))));
  });

  it('has eight under way at a time', async () => {
    let [active, most] = [0, 0];
    let all = (): void => undefined;
    const eight = new Promise<void>((resolve) => (all = resolve));
    await writeEach(numbers, async (index) => {
      most = Math.max(most, (active += 1));
      if (active === 8) all();
      await eight;
      active -= 1;
      return written(String(index));
    });
    expect(most).toBe(8);
  });

  it('stops trying after some failures in a row', async () => {
    let tried = 0;
    const results = await writeEach(numbers, () => {
      tried += 1;
      return Promise.reject(away);
    });
    expect(results).toEqual(numbers.map(() => ({ outcome: 'refused', error: away })));
    expect(tried).toBeLessThan(12);
  });

  it('tries all when only some fail, or when records are refused for good', async () => {
    const results = await writeEach(numbers, (index) => {
      if (index % 2 === 0) return Promise.resolve(written(String(index)));
      return Promise.reject(index % 4 === 1 ? away : refused);
    });
    expect(results.filter(({ outcome }) => outcome === 'written')).toHaveLength(50);
    const none = await writeEach(numbers, () => Promise.reject(refused));
    expect(none).toEqual(numbers.map(() => ({ outcome: 'refused', error: refused })));
  });

  it('takes a failure that nobody foresaw for one that passes', async () => {
    const [result] = await writeEach([1], () => Promise.reject(new TypeError('secret')));
    expect(result).toMatchObject({ outcome: 'refused', error: { code: 'internal', retryable: true } });
    expect(JSON.stringify(result)).not.toContain('secret');
  });
});
