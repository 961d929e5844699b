import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfiguration } from '@sallyport/config';
import type { RunningApp } from '@sallyport/platform';
import { prepareGateway, startGateway } from '../src/index';

const MASTER = 'master-key';

describe('the list of accepted records', () => {
  let dir: string;
  let gateway: RunningApp;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'sallyport-ledger-'));
    const variables = {
      GATEWAY_PORT: '0',
      GATEWAY_API_KEYS: 'caller-key',
      LITELLM_MASTER_KEY: MASTER,
      GATEWAY_UPSTREAMS: 'mock=mock://local',
      DATA_DIR: dir,
      LOG_LEVEL: 'silent',
    };
    const configuration = loadConfiguration(variables, []);
    const prepared = prepareGateway(configuration);
    configuration.env.problems.throwIfAny();
    gateway = await startGateway(prepared);
  });
  afterAll(async () => {
    await gateway.close();
    rmSync(dir, { recursive: true });
  });

  const ask = (query: string, key: string | undefined = MASTER): Promise<Response> =>
    fetch(`${gateway.url}/v1/logs/accepted?${query}`, key === '' ? {} : { headers: { 'x-api-key': key } });
  const today = (): string => new Date().toISOString().slice(0, 10);
  const call = async (): Promise<string | null> => {
    const reply = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': 'caller-key' },
      body: JSON.stringify({ model: 'mock', messages: [{ role: 'user', content: 'Hi' }] }),
    });
    await reply.arrayBuffer();
    return reply.headers.get('x-litellm-call-id');
  };

  it('names every call whose reply has ended, page by page', async () => {
    const begun = today();
    const calls = [await call(), await call(), await call()];
    const entries: { call_id: string; waiting: boolean; sha256: string }[] = [];
    // Midnight may fall between the calls.
    for (const day of new Set([begun, today()])) {
      for (let after: string | null = ''; after !== null;) {
        const query: string = `date=${day}&limit=2${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`;
        const page = (await (await ask(query)).json()) as { entries: typeof entries; next: string | null };
        entries.push(...page.entries);
        after = page.next;
      }
    }
    expect(entries.map(({ call_id: callId }) => callId)).toEqual(calls);
    expect(entries.every(({ waiting, sha256 }) => waiting && /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    for (const line of ['accepted_total 3', 'queued_total 0', 'shed_total 0']) {
      expect(metrics).toContain(`gateway_log_records_${line}\n`);
    }
    expect(metrics).toContain('gateway_log_outbox_records 3\n');
    expect(metrics).toMatch(/^gateway_log_outbox_bytes [1-9]\d*$/m);
    expect(metrics).toMatch(/^gateway_log_outbox_oldest_seconds \d/m);
  });

  it('is for holders of a master key only', async () => {
    for (const key of ['caller-key', 'unknown', '']) {
      expect([key, (await ask('date=2026-11-21', key)).status]).toEqual([key, 401]);
    }
    expect((await ask('date=2026-11-21')).status).toBe(200);
  });

  it.each(['', 'date=today', 'date=2026-11-21&limit=0', 'date=2026-11-21&limit=many', 'date=2026-11-21&after=x'])(
    'refuses the query "%s"',
    async (query) => {
      expect([(await ask(query)).status]).toEqual([422]);
    },
  );
});
