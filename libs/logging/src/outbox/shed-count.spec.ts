import type { OutboxDatabase } from '../disk/outbox-database';
import { ShedCount } from './shed-count';

/** One cell whose writes land, and are told of, when the test says so. */
class Cell {
  private entry: { value: unknown; version: number } | undefined;
  private waiting: { land: () => boolean; tell: (landed: boolean) => void; fail: (error: Error) => void }[] = [];
  private pending: { value: unknown; version: number } | undefined;

  getEntry = (): { value: unknown; version: number } | undefined => this.entry;
  put = (_key: string, value: unknown, version: number): void => void (this.pending = { value, version });
  ifNoExists = (_key: string, writes: () => void): Promise<boolean> => this.write(0, writes);
  ifVersion = (_key: string, version: number, writes: () => void): Promise<boolean> => this.write(version, writes);

  /** The write reaches the disk. @returns tells its writer of it */
  async land(): Promise<() => Promise<void>> {
    await settle();
    const write = this.waiting.shift();
    const landed = write?.land() ?? false;
    return async () => {
      write?.tell(landed);
      await settle();
    };
  }

  async fail(): Promise<void> {
    await settle();
    this.waiting.shift()?.fail(new Error('the disk is full'));
    await settle();
  }

  private write(version: number, writes: () => void): Promise<boolean> {
    return new Promise((tell, fail) => {
      const land = (): boolean => {
        if ((this.entry?.version ?? 0) !== version) return false;
        writes();
        this.entry = this.pending;
        return true;
      };
      this.waiting.push({ land, tell, fail });
    });
  }
}

async function settle(): Promise<void> {
  await new Promise(setImmediate);
}

describe(ShedCount.name, () => {
  let cell: Cell;
  const open = (): ShedCount => new ShedCount({ cells: cell, refresh: () => undefined } as unknown as OutboxDatabase);
  beforeEach(() => {
    cell = new Cell();
  });

  it('counts each record once at every moment, also those that come while others are written down', async () => {
    const count = open();
    void count.add();
    expect(count.total).toBe(1);
    await settle();
    const rest = count.add();
    const tell = await cell.land();
    expect(count.total).toBe(2);
    await tell();
    expect(count.total).toBe(2);
    await (
      await cell.land()
    )();
    await rest;
    expect([count.total, open().total]).toEqual([2, 2]);
  });

  it('begins again when another process was faster', async () => {
    const [count, other] = [open(), open()];
    const [added, addedThere] = [count.add(), other.add()];
    await (
      await cell.land()
    )();
    await (
      await cell.land()
    )();
    await (
      await cell.land()
    )();
    await Promise.all([added, addedThere]);
    expect([count.total, other.total, open().total]).toEqual([2, 2, 2]);
  });

  it('keeps in memory what a full disk does not take, and writes it down later', async () => {
    const count = open();
    const added = count.add();
    await cell.fail();
    await added;
    expect([count.total, open().total]).toEqual([1, 0]);
    const flushed = count.flush();
    await (
      await cell.land()
    )();
    await flushed;
    expect([count.total, open().total]).toEqual([1, 1]);
  });
});
