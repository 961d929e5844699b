import { until } from './until';

describe(until.name, () => {
  afterEach(() => jest.restoreAllMocks());

  it('asks until the condition is true, and no more', async () => {
    let asked = 0;
    await until(() => (asked += 1) === 3);
    await until(() => Promise.resolve((asked += 1) === 5));
    expect(asked).toBe(5);
  });

  it('gives up before the test does, and says on what', async () => {
    jest.spyOn(process.hrtime, 'bigint').mockReturnValueOnce(0n).mockReturnValue(90_000_000_001n);
    const soup = { isWarm: false };
    await expect(until(() => soup.isWarm)).rejects.toThrow(/It never came true: .*isWarm/);
  });

  it('fails as the condition does', async () => {
    await expect(until(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
