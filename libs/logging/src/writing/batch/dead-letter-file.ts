import { constants } from 'node:fs';
import { mkdir, open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, parseJson } from '@sallyport/dialects';
import type { DeadLetter } from '../../entry/log-entry';
import { syncFolder } from '../directory/record-folders';
import { codeOf, diskError } from '../directory/disk-error';
import { linesOf } from '../placing/lines';

/** A dead letter as its file keeps it; the id is the one that it has in the queue. */
export interface FiledDeadLetter extends DeadLetter {
  readonly id: string;
}

const LINE_FEED = 0x0a;

/**
 * A copy of each dead letter on a disk, for when the queue is lost: a line of JSON in `{dir}/{YYYY-MM-DD}.ndjson`, by
 * the day on which it was given up. Only the owner may read them. Several processes may append.
 */
export class DeadLetterFile {
  constructor(private readonly dir: string) {}

  /**
   * Resolves when the line is on disk. A repeat adds the same line once more.
   *
   * @throws SallyportError `storage_full` or `unavailable` (both retryable)
   */
  async append(letter: FiledDeadLetter): Promise<void> {
    try {
      await mkdir(this.dir, { recursive: true, mode: 0o700 });
      const path = join(this.dir, `${letter.at.slice(0, 10)}.ndjson`);
      const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
      const handle = await open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
      try {
        await appendLine(handle, JSON.stringify(letter));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await syncFolder(this.dir);
    } catch (error) {
      throw diskError('The dead letter cannot be written to its file', error);
    }
  }

  /**
   * All dead letters, the oldest day first. One that was appended twice comes twice; lines that a crash or a full disk
   * cut off are left out, as those batches were tried again.
   *
   * @throws SallyportError `unavailable` (retryable) when the folder cannot be read
   */
  async *read(): AsyncIterable<FiledDeadLetter> {
    try {
      for (const name of await this.files()) {
        const handle = await open(join(this.dir, name), constants.O_RDONLY | constants.O_NOFOLLOW);
        for await (const line of linesOf(handle.createReadStream())) {
          const letter = parseJson(line.toString('utf8'));
          if (isFiledDeadLetter(letter)) yield letter;
        }
      }
    } catch (error) {
      throw diskError('The dead letters cannot be read from their files', error);
    }
  }

  private async files(): Promise<readonly string[]> {
    const names = await readdir(this.dir).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    });
    return names.filter((name) => /^\d{4}-\d{2}-\d{2}\.ndjson$/.test(name)).sort();
  }
}

/** In one write, so that lines of several processes do not mix; behind a line that was cut off it begins a new one. */
async function appendLine(handle: FileHandle, json: string): Promise<void> {
  const { size } = await handle.stat();
  const last = Buffer.alloc(1);
  if (size > 0) await handle.read(last, 0, 1, size - 1);
  const line = Buffer.from(`${size > 0 && last[0] !== LINE_FEED ? '\n' : ''}${json}\n`, 'utf8');
  const { bytesWritten } = await handle.write(line);
  if (bytesWritten < line.length) throw Object.assign(new Error('The line was cut off'), { code: 'ENOSPC' });
}

function isFiledDeadLetter(value: unknown): value is FiledDeadLetter {
  if (!isObject(value) || !isObject(value['entry'])) return false;
  return ['id', 'reason', 'at'].every((key) => typeof value[key] === 'string');
}
