import { statfs } from 'node:fs/promises';
import { SallyportError } from '@sallyport/dialects';

const KEPT_MS = 1_000;

/** The free space of a file system, asked for about once a second. */
export class FreeSpace {
  private reading: Promise<number> | undefined;
  private readAt = -Infinity;
  private taken = 0;

  /** @param minBytes what must stay free; 0: the file system decides alone, and is not asked before a write */
  constructor(
    private readonly path: string,
    private readonly minBytes: number,
  ) {}

  /** Bytes that are free for this process, less what it has taken since the file system was asked. */
  async bytes(): Promise<number> {
    return Math.max(0, (await this.ask()) - this.taken);
  }

  /**
   * Sets `bytes` aside for a file.
   *
   * @throws SallyportError `storage_full` (retryable) when too little would stay free
   */
  async take(bytes: number): Promise<void> {
    if (this.minBytes === 0) return;
    // What others take meanwhile counts: nothing may come between the look and the taking.
    const free = (await this.ask()) - this.taken;
    if (free - bytes < this.minBytes) {
      throw new SallyportError('storage_full', `Only ${free} bytes are free, and ${this.minBytes} must stay free`, {
        retryable: true,
      });
    }
    this.taken += bytes;
  }

  private ask(): Promise<number> {
    const now = performance.now();
    if (this.reading === undefined || now - this.readAt >= KEPT_MS) {
      this.readAt = now;
      this.taken = 0;
      this.reading = statfs(this.path).then(({ bavail, bsize }) => bavail * bsize);
      this.reading.catch(() => (this.reading = undefined));
    }
    return this.reading;
  }
}
