import { request as httpRequest } from 'node:http';
import { responsesReply, responsesStream } from '@sallyport/testing';
import { MASTER_KEY, shareProxy } from './proxy-harness';

const MAIL = 'jane.doe@example.com';

describe('stored responses', () => {
  const proxy = shareProxy();
  let token: string;
  beforeEach(async () => {
    proxy().upstream.script(() => ({ body: responsesReply('working') }));
    await proxy().post('/v1/responses', { model: 'm', input: `write to ${MAIL}`, background: true });
    token = /MSKMAIL\w{13}/.exec(proxy().lastBody())?.[0] ?? '';
  });

  const last = (): { method?: string | undefined; path?: string | undefined; body: string } => {
    const seen = proxy().upstream.requests.at(-1);
    return { method: seen?.method, path: seen?.path, body: proxy().lastBody() };
  };

  it('a response that is fetched later is restored', async () => {
    proxy().upstream.script(() => ({ body: responsesReply(`wrote to ${token}`) }));
    const reply = await proxy().get('/v1/responses/resp_scripted?include=x');
    expect(await reply.text()).toContain(`wrote to ${MAIL}`);
    expect(last()).toEqual({ method: 'GET', path: '/v1/responses/resp_scripted?include=x', body: '' });
  });

  it('is restored as a stream too, from wherever it is taken up', async () => {
    proxy().upstream.script(() => ({ chunks: responsesStream([`wrote to ${token.slice(0, 7)}`, token.slice(7)]) }));
    const text = await (await proxy().get('/responses/resp_scripted?stream=true&starting_after=0')).text();
    expect(text).toContain(`wrote to ${MAIL}`);
    expect(text).not.toContain(token);
    expect(last().path).toBe('/v1/responses/resp_scripted?stream=true&starting_after=0');
  });

  it('has its input restored', async () => {
    const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: `write to ${token}` }] };
    proxy().upstream.script(() => ({ body: { object: 'list', data: [item], has_more: false } }));
    const reply = await proxy().get('/v1/responses/resp_scripted/input_items?limit=1');
    expect(await reply.json()).toMatchObject({ data: [{ content: [{ text: `write to ${MAIL}` }] }] });
  });

  it.each([
    ['without a body', undefined, {}],
    ['with the content type of none', '', { 'content-type': 'application/json' }],
    ['with a body that nobody asked for', JSON.stringify({ note: MAIL }), { 'content-type': 'application/json' }],
  ])('is cancelled %s', async (_how, body, headers) => {
    proxy().upstream.script(() => ({ body: responsesReply(`wrote to ${token}`) }));
    const reply = await fetch(`${proxy().url}/v1/responses/resp_scripted/cancel`, {
      method: 'POST',
      headers: { authorization: `Bearer ${MASTER_KEY}`, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    expect([reply.status, await reply.text()]).toEqual([200, expect.stringContaining(`wrote to ${MAIL}`)]);
    expect(last()).toEqual({ method: 'POST', path: '/v1/responses/resp_scripted/cancel', body: '' });
  });

  it('is deleted', async () => {
    const answer = { id: 'resp_scripted', object: 'response', deleted: true };
    proxy().upstream.script(() => ({ body: answer }));
    const headers = { authorization: `Bearer ${MASTER_KEY}` };
    const reply = await fetch(`${proxy().url}/v1/responses/resp_scripted`, { method: 'DELETE', headers });
    expect(await reply.json()).toEqual(answer);
    expect(last()).toEqual({ method: 'DELETE', path: '/v1/responses/resp_scripted', body: '' });
  });

  it('is asked for by HEAD as well', async () => {
    proxy().upstream.script(() => ({ headers: { 'content-type': 'application/json' }, body: '' }));
    const headers = { authorization: `Bearer ${MASTER_KEY}` };
    const reply = await fetch(`${proxy().url}/v1/responses/resp_scripted`, { method: 'HEAD', headers });
    expect([reply.status, last().method]).toEqual([200, 'HEAD']);
  });

  it.each(['..', '%2e%2e', 'a%2fb', 'a%3fb', 'a%20b'])('cannot be named %s', async (id) => {
    const asked = proxy().upstream.requests.length;
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(proxy().url);
      const headers = { authorization: `Bearer ${MASTER_KEY}` };
      httpRequest({ host: '127.0.0.1', port, path: `/v1/responses/${id}`, headers }, (reply) =>
        resolve(reply.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(422);
    expect(proxy().upstream.requests).toHaveLength(asked);
  });

  it('of another id is not restored with the grants of this one', async () => {
    proxy().upstream.script(() => ({ body: responsesReply(`wrote to ${token}`) }));
    expect(await (await proxy().get('/v1/responses/resp_other')).text()).toContain(`wrote to ${token}`);
  });
});
