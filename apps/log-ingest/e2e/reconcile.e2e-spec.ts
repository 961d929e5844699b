import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerEntry, LogEntry } from '@sallyport/logging';
import { ScriptedUpstream, until } from '@sallyport/testing';
import { runLogs } from '../src/cli/run-logs';
import { DAY, entryOf, FILE_TOKEN, IngestHarness, MASTER_KEY } from './ingest-harness';

const PAGE = 3;

/** A gateway that tells what it accepted, page by page, as the real one does. */
async function startLedger(entries: readonly LedgerEntry[]): Promise<ScriptedUpstream> {
  const gateway = await ScriptedUpstream.start();
  gateway.script(({ path, headers }) => {
    const { pathname, searchParams } = new URL(path, gateway.url);
    const isExpected = pathname === '/v1/logs/accepted' && searchParams.get('date') === DAY;
    if (!isExpected || headers['authorization'] !== `Bearer ${MASTER_KEY}`) return { status: 404 };
    const start = Number(searchParams.get('after') ?? 0);
    const next = start + PAGE < entries.length ? String(start + PAGE) : null;
    const page = entries.slice(start, start + PAGE).map(({ callId, ...entry }) => ({ call_id: callId, ...entry }));
    return { body: { entries: page, next, complete: true } };
  });
  return gateway;
}

function accepted({ callId, name, json }: LogEntry, waiting = false): LedgerEntry {
  return { callId, name, sha256: createHash('sha256').update(json).digest('hex'), waiting };
}

describe('npm run logs -- reconcile', () => {
  let harness: IngestHarness;
  let gateways: ScriptedUpstream[];
  const records = ['a', 'b', 'deleted', 'changed', 'shared', 'shared'].map((name, n) => entryOf(name, `c${n}`));
  const poison = entryOf('poison', 'c-poison', 'x'.repeat(200_000));
  const queued = entryOf('queued', 'c-queued');
  const outbox = entryOf('outbox', 'c-outbox');

  beforeAll(async () => {
    harness = await IngestHarness.start('redis', { queuesReadOnly: false });
    const known = [...records, poison, queued].map((entry) => accepted(entry));
    // Two gateways that share an outbox tell of the same records.
    gateways = [await startLedger([...known, accepted(outbox, true)]), await startLedger(known.slice(0, 4))];
    await harness.enqueue('b-1', ...records, poison);
    await until(async () => (await harness.books.totals()).waiting === 0);
  });
  afterAll(async () => {
    for (const gateway of gateways) await gateway.close();
    await harness.close();
  });

  async function reconcile(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const [out, err]: [string[], string[]] = [[], []];
    const variables = {
      LITELLM_MASTER_KEY: MASTER_KEY,
      FILE_SERVER_URL: harness.files.url,
      FILE_SERVER_AUTH_TOKEN: FILE_TOKEN,
      FILE_SERVER_PATH_PREFIX: 'logs/',
    };
    const urls = gateways.flatMap(({ url }) => ['--gateway', url]);
    const terminal = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
    const all = ['reconcile', '--date', DAY, '--url', harness.ingest.url, ...urls, ...args];
    const code = await runLogs(all, variables, terminal);
    return { code, out: out.join(''), err: err.join('') };
  }

  it('finds nothing wrong with what is in place, waits or was given up', async () => {
    await harness.ask('/queues/api/queues/logs/pause', { method: 'PUT' });
    await harness.enqueue('b-2', queued);
    const { code, out } = await reconcile('--content', '--json');
    expect(JSON.parse(out)).toEqual({
      date: DAY,
      accepted: 9,
      complete: true,
      in_place: 6,
      waiting: [
        { name: 'queued', call_id: 'c-queued', where: 'queue' },
        { name: 'outbox', call_id: 'c-outbox', where: 'outbox' },
      ],
      dead_letters: [{ name: 'poison', call_id: 'c-poison' }],
      missing: [],
      twice: [],
      unknown: [],
      different: [],
    });
    expect(code).toBe(0);
  });

  it('names every difference', async () => {
    await rm(join(harness.folder, 'deleted.json'));
    await writeFile(join(harness.folder, 'changed.json'), '{}');
    await writeFile(join(harness.folder, 'nobody.json'), '{}');
    await writeFile(join(harness.folder, 'a.c0.json'), await readFile(join(harness.folder, 'a.json')));
    const { code, out } = await reconcile('--content');
    expect(out.split('\n')).toEqual([
      'missing       deleted (call c2)',
      'twice         a.json',
      'different     changed.json (call c3)',
      'unknown       nobody.json',
      'dead letter   poison (call c-poison)',
      'waiting       queued (call c-queued), in the queue',
      'waiting       outbox (call c-outbox), in the outbox',
      `${DAY}: 9 accepted, 5 in place, 2 waiting, 1 dead letters, 1 missing, 1 twice, 1 different, 1 unknown.`,
      '',
    ]);
    expect(code).toBe(1);
  });

  it('says which place it cannot read', async () => {
    await harness.files.kill();
    const { code, err } = await reconcile();
    expect(code).toBe(1);
    expect(err).toMatch(
      /^The file server cannot be reached \(ECONNREFUSED\)\. .*FILE_SERVER_URL, FILE_SERVER_AUTH_TOKEN/,
    );
    await harness.files.restart();
    gateways.at(-1)?.script(() => ({ status: 401, body: { error: { message: 'The API key is not valid' } } }));
    const advice = 'LITELLM_MASTER_KEY must be that of the gateway.';
    const reason = `${gateways.at(-1)?.url}/v1/logs/accepted answered with status 401: The API key is not valid. ${advice}\n`;
    expect(await reconcile()).toEqual({ code: 1, out: '', err: reason });
  });
});
