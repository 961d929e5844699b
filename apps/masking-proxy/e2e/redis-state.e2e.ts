import { createConnection } from 'node:net';
import { openAiReply, responsesReply, responsesStream, startRedis, type RedisServer } from '@sallyport/testing';
import { startProxy, type ProxyHarness } from './proxy-harness';

const MAIL = 'jane.doe@example.com';
const ASK = { model: 'm', input: `write to ${MAIL}` };
const CARRY_ON = { model: 'm', input: 'to whom?', previous_response_id: 'resp_scripted' };

describe('state in Redis', () => {
  let redis: RedisServer;
  let proxy: ProxyHarness;
  beforeEach(async () => {
    redis = await startRedis();
    proxy = await startProxy({ REDIS_URL: redis.url, MASKING_STATE_TIMEOUT_MS: '60000' });
    await redisIs('healthy');
  });
  afterEach(async () => {
    await proxy.close();
    await redis.stop();
  });

  async function redisIs(expected: string): Promise<void> {
    const state = async (): Promise<unknown> =>
      ((await (await fetch(`${proxy.url}/health`)).json()) as { redis_connection: unknown }).redis_connection;
    while ((await state()) !== expected) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** Asks with a value, so that a later request can carry on from the reply; gives the token of the value. */
  async function ask(): Promise<string> {
    proxy.upstream.script(() => ({ body: responsesReply('noted') }));
    expect((await proxy.post('/v1/responses', ASK)).status).toBe(200);
    return /MSKMAIL\w{13}/.exec(proxy.lastBody())?.[0] ?? '';
  }

  async function carryOn(token: string): Promise<string> {
    proxy.upstream.script(() => ({ body: responsesReply(`to ${token}`) }));
    const reply = await proxy.post('/v1/responses', CARRY_ON);
    expect(reply.status).toBe(200);
    return reply.text();
  }

  describe('a Redis that is there', () => {
    it('keeps tokens and grants over a restart, and for other replicas', async () => {
      const token = await ask();
      proxy = await proxy.restart();
      await redisIs('healthy');
      expect(await ask()).toBe(token);
      expect(await carryOn(token)).toContain(`to ${MAIL}`);
      proxy = await proxy.restart();
      await redisIs('healthy');
      expect(await carryOn(token)).toContain(`to ${MAIL}`);
    });

    it('is given neither values nor texts, tokens or ids', async () => {
      const token = await ask();
      await carryOn(token);
      const everything = await dump(redis.url);
      expect(everything).toContain('sallyport:masking:');
      for (const text of [MAIL, token, 'jane', 'resp_scripted', 'noted', 'write to']) {
        expect(everything).not.toContain(text);
      }
    });
  });

  describe('a Redis that goes away', () => {
    it('stops no call and leaks nothing; what cannot be told is not restored', async () => {
      const token = await ask();
      await redis.kill();
      expect(await ask()).toBe(token);
      expect(proxy.lastBody()).not.toContain(MAIL);
      expect(await carryOn(token)).toContain(`to ${token}`);
      expect(await proxy.counted('masking_state_errors_total', 'operation="load-grants"')).toBeGreaterThan(0);
      const messages = [{ role: 'user', content: MAIL }];
      proxy.upstream.script(() => ({ body: openAiReply(token) }));
      const reply = await proxy.post('/v1/chat/completions', { model: 'm', messages });
      expect([reply.status, await reply.text()]).toEqual([200, expect.stringContaining(MAIL)]);
      await redisIs('error');
      await redis.restart();
      await redisIs('healthy');
      await ask();
      expect(await carryOn(token)).toContain(`to ${MAIL}`);
    });

    it('in the middle of a stream breaks nothing off', async () => {
      proxy.upstream.script(({ body }) => ({
        chunks: responsesStream(['to ', /MSKMAIL\w{13}/.exec(body.toString())?.[0] ?? '', '.']),
        before: (index) => (index === 5 ? redis.kill() : undefined),
      }));
      const raw = await (await proxy.post('/v1/responses', { ...ASK, stream: true })).text();
      expect(raw).toContain('response.completed');
      expect(raw).toContain(`to ${MAIL}.`);
      expect(raw).not.toMatch(/MSKMAIL|event: error/);
    });

    it('and one that hangs costs no more than its time-out', async () => {
      const token = await ask();
      proxy = await proxy.restart({ MASKING_STATE_TIMEOUT_MS: '100' });
      await redisIs('healthy');
      redis.pause();
      expect(await carryOn(token)).toContain(`to ${token}`);
      redis.resume();
      // On a busy machine Redis, too, may be later than so short a time-out.
      while (!(await carryOn(token)).includes(`to ${MAIL}`));
    });

    it('does not keep a proxy from starting', async () => {
      await redis.kill();
      proxy = await proxy.restart();
      expect((await (await fetch(`${proxy.url}/readyz`)).json()) as object).toMatchObject({ status: 'ok' });
      await ask();
    });
  });

  /** All names and values of a Redis, as it sends them. */
  async function dump(url: string): Promise<string> {
    const names = await command(url, 'KEYS *');
    const found = names.match(/sallyport:masking:[\w-]+/g) ?? [];
    const values = await Promise.all(found.map((name) => command(url, `GET ${name}`)));
    return [names, ...values].join('\n');
  }

  function command(url: string, line: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
      socket.on('error', reject).on('data', (chunk) => chunks.push(chunk));
      socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
      socket.end(`${line}\r\n`);
    });
  }
});
