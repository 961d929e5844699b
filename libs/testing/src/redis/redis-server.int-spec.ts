import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { startRedis, type RedisServer } from './redis-server';

async function send(redis: RedisServer, commands: string): Promise<string> {
  const socket = connect(Number(new URL(redis.url).port), '127.0.0.1');
  socket.end(commands);
  return (await buffer(socket)).toString('utf8');
}

describe(startRedis.name, () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  it('keeps acknowledged writes over a crash', async () => {
    expect(await send(redis, 'SET kept yes\r\n')).toBe('+OK\r\n');
    await redis.kill();
    await expect(send(redis, 'PING\r\n')).rejects.toThrow('ECONNREFUSED');
    await redis.restart();
    expect(await send(redis, 'GET kept\r\n')).toBe('$3\r\nyes\r\n');
  });

  it('answers nothing while paused, and late after that', async () => {
    redis.pause();
    const answer = send(redis, 'PING\r\n');
    const first = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 100, 'silence'))]);
    redis.resume();
    expect(first).toBe('silence');
    expect(await answer).toBe('+PONG\r\n');
  });

  it('never evicts', async () => {
    expect(await send(redis, 'CONFIG GET maxmemory-policy\r\n')).toContain('noeviction');
  });
});
