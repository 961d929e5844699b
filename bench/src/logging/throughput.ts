import { setTimeout as sleep } from 'node:timers/promises';
import { feedEvenly, feedFreely, openFeed } from './feed';
import { Installation } from './installation';
import { readMetrics } from './metrics';
import { table } from './table';

const PER_SECOND = 1_000;
const SECONDS = Number(process.env['BENCH_LOGGING_SECONDS'] ?? 20);
const FREE_RECORDS = 20_000;
/** Only ends what hangs. */
const DRAIN_LIMIT_MS = 120_000;

/**
 * Records a second through outbox, Redis, worker and file server to disk: first at an even 1,000 a second, then as many
 * as are taken. The worker's books say what is on disk.
 *
 * @returns Markdown
 */
export async function throughput(root: string): Promise<string> {
  const installation = await Installation.open(root);
  try {
    await installation.start('apps/file-server/dist/main.js');
    const worker = await installation.start('apps/log-ingest/dist/main.js');
    const feed = openFeed(installation);
    try {
      const written = async (): Promise<number> =>
        (await readMetrics(worker.url, ['log_records_written_total']))[0] ?? 0;
      await feedFreely(feed.log, 1_000, 32);
      await until(written, 1_000);
      const even = await measure(written, () => feedEvenly(feed.log, PER_SECOND, SECONDS));
      const free = await measure(written, async () => {
        await feedFreely(feed.log, FREE_RECORDS, 64);
        return FREE_RECORDS;
      });
      return [
        'Records of 2.5 KB to disk through Redis, one worker and one file server on this machine.',
        table(
          ['load', 'records', 'taken', 'on disk', 'backlog when the load ended', 'all on disk after'],
          [row(`${PER_SECOND}/s for ${SECONDS} s`, even), row('as fast as possible', free)],
        ),
      ].join('\n\n');
    } finally {
      await feed.close();
    }
  } finally {
    await installation.close();
  }
}

interface Passage {
  readonly records: number;
  /** Until the last record was taken, and until it was on disk. */
  readonly feedSeconds: number;
  readonly diskSeconds: number;
  readonly backlog: number;
}

async function measure(written: () => Promise<number>, feed: () => Promise<number>): Promise<Passage> {
  const before = await written();
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  const records = await feed();
  const feedSeconds = seconds();
  const backlog = records - ((await written()) - before);
  await until(written, before + records);
  return { records, feedSeconds, diskSeconds: seconds(), backlog };
}

async function until(written: () => Promise<number>, target: number): Promise<void> {
  const end = performance.now() + DRAIN_LIMIT_MS;
  while ((await written()) < target) {
    if (performance.now() > end) throw new Error(`only ${await written()} of ${target} records reached the disk`);
    await sleep(20);
  }
}

function row(name: string, { records, feedSeconds, diskSeconds, backlog }: Passage): string[] {
  return [
    name,
    String(records),
    `${(records / feedSeconds).toFixed(0)}/s`,
    `${(records / diskSeconds).toFixed(0)}/s`,
    `${backlog} records`,
    `${diskSeconds.toFixed(1)} s`,
  ];
}
