import type { QueueBackend } from '@sallyport/stores';
import { until } from '@sallyport/testing';
import { entryOf, IngestHarness, MASTER_KEY } from './ingest-harness';

const SECRET_TEXT = 'a prompt that nobody may see';
const basic = (password: string): string => `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`;

describe.each<QueueBackend['kind']>(['redis', 'embedded-postgres'])('the board on %s', (kind) => {
  let harness: IngestHarness;
  beforeAll(async () => {
    harness = await IngestHarness.start(kind);
    // A record that its place does not take, and batches that wait because it is away.
    await harness.enqueue('b-large', entryOf('large', 'call-1', SECRET_TEXT.repeat(5_000)));
    await until(async () => (await harness.deadLetters.counts()).waiting === 1);
    await harness.files.kill();
    await harness.enqueue('b-waiting', entryOf('small', 'call-2', SECRET_TEXT));
    await until(async () => (await harness.queue.counts()).delayed === 1);
  });
  afterAll(() => harness.close());

  it.each([
    ['no key', {}],
    ['a wrong key', { authorization: 'Bearer wrong' }],
    ['a wrong password', { authorization: basic('wrong') }],
    ['the key as the name', { authorization: `Basic ${Buffer.from(`${MASTER_KEY}:`).toString('base64')}` }],
    ['no text in base64', { authorization: 'Basic !!!' }],
  ])('asks for the key when it gets %s', async (_what, headers) => {
    for (const path of ['/queues', '/queues/', '/queues/api/queues', '/queues/static/css/main.css']) {
      const reply = await harness.call(path, { headers: headers as Record<string, string> });
      expect([path, reply.status]).toEqual([path, 401]);
      expect(reply.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    }
  });

  it('asks no browser to log in elsewhere', async () => {
    const reply = await harness.call('/v1/logs/queued');
    expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([401, null]);
    expect((await harness.call('/v1/logs/queued', { headers: { authorization: basic(MASTER_KEY) } })).status).toBe(401);
  });

  it.each<[string, Record<string, string>]>([
    ['a bearer key', { authorization: `Bearer ${MASTER_KEY}` }],
    ['X-API-Key', { 'x-api-key': MASTER_KEY }],
    ['the password of a browser', { authorization: basic(MASTER_KEY) }],
  ])('opens for %s, with its own files only', async (_what, headers) => {
    const reply = await harness.call('/queues', { headers });
    const page = await reply.text();
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(page).toContain('<base href="/queues/"');
    const [, script = ''] = /src="(static\/js\/main[^"]+)"/.exec(page) ?? [];
    expect((await harness.call(`/queues/${script}`, { headers })).status).toBe(200);
  });

  it('shows jobs without what is in their records', async () => {
    const answers = await Promise.all(
      ['logs', 'logs-dead-letters'].flatMap((queue) =>
        ['delayed', 'waiting', 'latest'].map((status) =>
          harness.ask(`/queues/api/queues?activeQueue=${queue}&status=${status}`).then((reply) => reply.text()),
        ),
      ),
    );
    const [jobId = ''] = await Array.fromAsync(harness.deadLetters.list('waiting', 0, 1), ({ id }) => id);
    const single = await harness.ask(`/queues/api/queues/logs-dead-letters/${jobId}`).then((reply) => reply.text());
    const waiting = await harness.ask('/queues/api/queues/logs/b-waiting').then((reply) => reply.text());
    expect(single).toContain('status 413');
    expect(waiting).toContain('"call_id":"call-2"');
    expect(answers.join('')).toContain('"call_id":"call-1"');
    for (const answer of [...answers, single, waiting]) expect(answer).not.toContain(SECRET_TEXT);
    // The answers are those of the board, not of something in its place.
    expect(answers.join('')).toContain('"readOnlyMode":true');
  });

  it('does nothing while it may only look', async () => {
    const actions: readonly [string, string][] = [
      ['PUT', '/queues/api/queues/logs/pause'],
      ['PUT', '/queues/api/queues/pause'],
      ['PUT', '/queues/api/queues/logs/empty'],
      ['PUT', '/queues/api/queues/logs/obliterate'],
      ['PUT', '/queues/api/queues/logs/b-waiting/clean'],
      ['PUT', '/queues/api/queues/logs/b-waiting/promote'],
      ['POST', '/queues/api/queues/logs/add'],
      ['PATCH', '/queues/api/queues/logs/b-waiting/update-data'],
    ];
    for (const [method, path] of actions) {
      const headers = { 'content-type': 'application/json' };
      const reply = await harness.ask(path, { method, headers, body: '{}' });
      expect([path, reply.status]).toEqual([path, 403]);
    }
    expect((await harness.ask('/queues/api/queues/logs/b-waiting/flow')).status).toBe(404);
    // It may be tried just now.
    expect(await harness.open()).toBe(1);
    const { queues } = (await (await harness.ask('/queues/api/queues')).json()) as { queues: { isPaused: boolean }[] };
    expect(queues.map(({ isPaused }) => isPaused)).toEqual([false, false]);
  });

  if (kind === 'redis') {
    it('says so when the queue is away', async () => {
      await harness.redis?.kill();
      await until(async () => (await harness.ask('/queues/api/queues')).status === 503);
      await harness.redis?.restart();
      await until(async () => (await harness.ask('/queues/api/queues')).status === 200);
    });
  }
});

describe('a board that may act', () => {
  let harness: IngestHarness;
  beforeAll(async () => {
    harness = await IngestHarness.start('redis', { queuesReadOnly: false });
    await harness.files.kill();
    await harness.enqueue('b-1', entryOf('one', 'call-1'));
    await until(async () => (await harness.queue.counts()).delayed === 1);
  });
  afterAll(() => harness.close());

  const isPaused = async (): Promise<boolean | undefined> => {
    const { queues } = (await (await harness.ask('/queues/api/queues')).json()) as { queues: { isPaused: boolean }[] };
    return queues[0]?.isPaused;
  };

  it('acts for its own page', async () => {
    const { origin } = new URL(harness.ingest.url);
    const reply = await harness.ask('/queues/api/queues/logs/pause', { method: 'PUT', headers: { origin } });
    expect([reply.status, await isPaused()]).toEqual([200, true]);
    await harness.ask('/queues/api/queues/logs/resume', { method: 'PUT', headers: { origin } });
    expect(await isPaused()).toBe(false);
  });

  it('does not act for another site, nor what may lose a record', async () => {
    const headers = { origin: 'https://evil.example', authorization: basic(MASTER_KEY) };
    const paused = await harness.call('/queues/api/queues/logs/pause', { method: 'PUT', headers });
    expect([paused.status, await isPaused()]).toEqual([403, false]);
    expect((await harness.ask('/queues/api/queues/logs/empty', { method: 'PUT' })).status).toBe(403);
    // It may be tried just now.
    expect(await harness.open()).toBe(1);
  });
});
