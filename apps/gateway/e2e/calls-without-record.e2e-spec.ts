import { AbortStage } from './aborts/abort-stage';
import { RawClient } from './aborts/raw-client';
import { KEY } from './gateway-harness';

const CHAT = '/v1/chat/completions';
const BODY = JSON.stringify({ model: 'chat', messages: [{ role: 'user', content: 'Hi' }] });

describe('what asks no upstream', () => {
  let stage: AbortStage;
  beforeAll(async () => {
    stage = await AbortStage.start({ GATEWAY_MAX_BODY_BYTES: '1024' });
  });
  afterAll(() => stage.close());
  afterEach(() => {
    expect([stage.upstream.requests, stage.gateway.records]).toEqual([[], []]);
  });

  it.each([
    ['HEAD', CHAT, undefined, 404],
    ['GET', CHAT, undefined, 404],
    ['PUT', CHAT, BODY, 404],
    ['OPTIONS', CHAT, undefined, 404],
    ['POST', '/v1/nothing', BODY, 404],
    ['POST', CHAT, '{"model":', 422],
    ['POST', CHAT, '{}', 422],
  ])('has no record: %s %s %s', async (method, path, body, status) => {
    const reply = await fetch(stage.gateway.url + path, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
      ...(body !== undefined && { body }),
    });
    await reply.arrayBuffer();
    expect(reply.status).toBe(status);
  });

  it.each([
    ['of an unknown type', 'application/x-unknown', BODY, 415],
    ['that is too large', 'application/json', BODY + ' '.repeat(1024), 413],
  ])('has no record: a body %s', async (_what, type, body, status) => {
    const headers = { 'content-type': type, authorization: `Bearer ${KEY}` };
    const reply = await fetch(stage.gateway.url + CHAT, { method: 'POST', headers, body });
    await reply.arrayBuffer();
    expect(reply.status).toBe(status);
  });

  it('has no record: a client that leaves before its request is whole', async () => {
    const client = await RawClient.connect(stage.gateway.url);
    const head = [`POST ${CHAT} HTTP/1.1`, 'host: gateway', `authorization: Bearer ${KEY}`];
    const body = ['content-type: application/json', 'content-length: 500', 'expect: 100-continue'];
    client.socket.write(`${[...head, ...body].join('\r\n')}\r\n\r\n`);
    await client.until('100 Continue');
    const before = await stage.countOfLeft();
    client.socket.write(BODY.slice(0, 20));
    client.socket.destroy();
    await stage.clientsLeft(before + 1);
  });
});
