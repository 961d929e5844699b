import { GroupCommit } from './group-commit';

const MIB = 1_048_576;

describe(GroupCommit.name, () => {
  /** What each commit wrote. */
  let commits: string[][];
  let ends: PromiseWithResolvers<void>[];
  let ensured: number[];
  let commit: GroupCommit;
  beforeEach(() => {
    commits = [];
    ends = [];
    ensured = [];
    const write = (action: () => void): Promise<void> => {
      commits.push([]);
      action();
      const end = Promise.withResolvers<void>();
      ends.push(end);
      return end.promise;
    };
    const ensure = (bytes: number): Promise<void> => Promise.resolve(void ensured.push(bytes));
    commit = new GroupCommit({ write }, { ensure });
  });

  const settle = (): Promise<void> => new Promise(setImmediate);
  const put = (name: string, space = 100): Promise<string> =>
    commit
      .write(space, () => commits.at(-1)?.push(name))
      .then(
        () => 'on disk',
        (error: Error) => error.message,
      );

  it('makes one commit of the writes of a turn, and one of those that come during it', async () => {
    const first = [put('1'), put('2')];
    await settle();
    const second = [put('3'), put('4')];
    await settle();
    expect(commits).toEqual([['1', '2']]);
    expect(commit.underWay).toEqual({ records: 4, space: 400 });
    ends[0]?.resolve();
    expect(await Promise.all(first)).toEqual(['on disk', 'on disk']);
    await settle();
    expect(commits).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(commit.underWay).toEqual({ records: 2, space: 200 });
    ends[1]?.resolve();
    await Promise.all(second);
    expect(ensured).toEqual([200, 200]);
    expect(commit.underWay).toEqual({ records: 0, space: 0 });
  });

  it('puts 4 MiB into a commit at most, and what is larger alone', async () => {
    const all = [put('1', 2 * MIB), put('2', 2 * MIB), put('3', 1), put('4', 9 * MIB), put('5', 1)];
    for (let i = 0; i < 4; i++) {
      await settle();
      ends[i]?.resolve();
    }
    await Promise.all(all);
    expect(commits).toEqual([['1', '2'], ['3'], ['4'], ['5']]);
  });

  it('fails every write of a commit that failed, and no other one', async () => {
    const first = [put('1'), put('2')];
    await settle();
    const second = put('3');
    ends[0]?.reject(new Error('no room'));
    expect(await Promise.all(first)).toEqual(['no room', 'no room']);
    await settle();
    ends[1]?.resolve();
    expect(await second).toBe('on disk');
  });

  it('does not wait for a disk that hangs', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    try {
      const write = commit.write(100, () => undefined);
      const failed = expect(write).rejects.toMatchObject({ code: 'unavailable', retryable: true });
      await settle();
      jest.advanceTimersByTime(30_000);
      await failed;
      expect(commit.underWay).toEqual({ records: 0, space: 0 });
    } finally {
      jest.useRealTimers();
    }
  });
});
