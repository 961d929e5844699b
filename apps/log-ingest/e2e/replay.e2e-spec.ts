import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runLogs } from '../src/cli/run-logs';
import type { QueueBackend } from '@sallyport/stores';
import { freePort, until } from '@sallyport/testing';
import { DAY, entryOf, FILE_TOKEN, IngestHarness, MASTER_KEY } from './ingest-harness';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe.each<QueueBackend['kind']>(['redis', 'embedded-postgres'])('npm run logs -- replay on %s', (kind) => {
  let harness: IngestHarness;
  beforeAll(async () => (harness = await IngestHarness.start(kind, {}, 2_000)));
  afterAll(() => harness.close());

  async function logs(...args: string[]): Promise<Ran> {
    const [out, err]: [string[], string[]] = [[], []];
    const variables = { LITELLM_MASTER_KEY: MASTER_KEY, FILE_SERVER_AUTH_TOKEN: FILE_TOKEN };
    const terminal = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
    const code = await runLogs([...args, '--url', harness.ingest.url], variables, terminal);
    return { code, out: out.join(''), err: err.join('') };
  }

  const large = 'x'.repeat(5_000);
  const deadLetters = async (): Promise<number> => (await harness.deadLetters.counts()).waiting;

  it('writes the rest of a batch, and sets aside what its place does not take', async () => {
    await harness.enqueue('b-1', entryOf('a', 'c1'), entryOf('poison', 'c2', large), entryOf('b', 'c3'));
    await until(async () => (await harness.books.totals()).waiting === 0);
    expect(await harness.filesOfDay()).toEqual(['a.json', 'b.json']);
    expect(await harness.books.totals()).toMatchObject({ written: 2, deadLettered: 1, replayed: 0 });
  });

  it('lists what was given up, with the reason and without the content', async () => {
    const { code, out } = await logs('dead-letters');
    expect(code).toBe(0);
    expect(out).toContain(`${DAY}/poison (call c2): The file server answered with status 413`);
    expect(out).toContain('1 dead letter; `npm run logs -- replay` tries them again.');
    const { out: json } = await logs('dead-letters', '--json');
    expect(JSON.parse(json)).toMatchObject({ call_id: 'c2', name: 'poison', date: DAY });
    expect(out + json).not.toContain('xxxx');
  });

  it('does not replay without end what is given up again', async () => {
    const { code, out } = await logs('replay');
    expect(code).toBe(0);
    expect(out).toContain('1 dead letter and 0 batches that were set aside went back');
    await until(async () => (await deadLetters()) === 1 && (await harness.books.totals()).waiting === 0);
    expect(await harness.books.totals()).toMatchObject({ written: 2, deadLettered: 2, replayed: 1 });
  });

  it('writes it once its place takes it', async () => {
    await harness.files.restartWith(100_000);
    expect((await logs('replay', '--limit', '5')).code).toBe(0);
    await until(async () => (await harness.filesOfDay()).includes('poison.json'));
    await until(async () => (await harness.books.totals()).waiting === 0);
    expect(JSON.parse(await readFile(join(harness.folder, 'poison.json'), 'utf8'))).toMatchObject({ text: large });
    expect(await deadLetters()).toBe(0);
    expect(await harness.books.totals()).toMatchObject({ written: 3, deadLettered: 2, replayed: 2 });
  });

  it('doubles nothing when dead letters are replayed from their file as well', async () => {
    // Two days when midnight has passed since the first.
    const files = await readdir(join(harness.dir, 'dead-letters'));
    let replayed = 0;
    for (const file of files) {
      const { code, out } = await logs('replay', '--file', file.slice(0, 'YYYY-MM-DD'.length));
      expect(code).toBe(0);
      replayed += Number(/^(\d+) dead letters? and 0 batches/m.exec(out)?.[1]);
    }
    expect(replayed).toBe(2);
    await until(async () => (await harness.open()) === 0);
    expect(await harness.filesOfDay()).toEqual(['a.json', 'b.json', 'poison.json']);
    expect(await harness.books.totals()).toMatchObject({ waiting: 0, written: 3, deadLettered: 2, replayed: 2 });
  });

  it('retries batches that were set aside', async () => {
    await harness.queue.add('b-none', { entries: 'none' as never });
    await until(async () => (await harness.queue.counts()).failed === 1);
    const queued = (await (await harness.ask('/v1/logs/queued')).json()) as { batches: object[] };
    expect(queued.batches).toEqual([expect.objectContaining({ id: 'b-none', state: 'failed', records: [] })]);
    expect((await logs('replay')).out).toContain('0 dead letters and 1 batch that was set aside');
    await until(async () => (await harness.queue.counts()).failed === 1);
  });

  it('says what is wrong', async () => {
    const wrongKey = await runLogs(
      ['replay', '--url', harness.ingest.url],
      { LITELLM_MASTER_KEY: 'wrong' },
      {
        out: () => undefined,
        err: (text) =>
          expect(text).toContain(
            'status 401: The API key is not valid. LITELLM_MASTER_KEY must be that of log ingest.\n',
          ),
      },
    );
    expect(wrongKey).toBe(1);
    const url = `http://127.0.0.1:${await freePort()}`;
    const told = `${url} cannot be reached (ECONNREFUSED). Start log ingest, or say with --url where it is.\n`;
    const away = { out: () => undefined, err: (text: string) => expect(text).toBe(told) };
    expect(await runLogs(['dead-letters', '--url', url], {}, away)).toBe(1);
    const usage = { out: () => undefined, err: (text: string) => expect(text).toContain('Usage:') };
    expect(await runLogs(['replay', '--limit', 'all'], {}, usage)).toBe(2);
    expect.assertions(6);
  });
});
