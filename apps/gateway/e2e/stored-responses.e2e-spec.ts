import { endpointStage } from './endpoint-stage';
import { KEY } from './gateway-harness';

describe('responses that an upstream keeps', () => {
  const stage = endpointStage();
  const { answer, called, post, refusal, seen } = stage;

  it('reads, lists and deletes a stored response', async () => {
    answer({ body: { id: 'resp_1', object: 'response', status: 'completed', output: [] } });
    expect((await stage.openai.responses.retrieve('resp_1')).id).toBe('resp_1');
    expect(called()).toBe('GET /v1/responses/resp_1');
    stage.upstream.requests.length = 0;
    answer({ body: { object: 'list', data: [{ id: 'msg_1', type: 'message' }], has_more: false } });
    const items = [];
    for await (const item of stage.openai.responses.inputItems.list('resp_1', { limit: 5 })) items.push(item.id);
    expect([called(), items]).toEqual(['GET /v1/responses/resp_1/input_items?limit=5', ['msg_1']]);
    stage.upstream.requests.length = 0;
    answer({ body: { id: 'resp_1', object: 'response', deleted: true } });
    await stage.openai.responses.delete('resp_1');
    expect(called()).toBe('DELETE /v1/responses/resp_1');
  });

  it('cancels and compacts where the upstream does', async () => {
    answer({ body: { id: 'resp_1', object: 'response', status: 'cancelled', output: [] } });
    expect((await stage.openai.responses.cancel('resp_1')).status).toBe('cancelled');
    expect(called()).toBe('POST /v1/responses/resp_1/cancel');
    stage.upstream.requests.length = 0;
    answer({ body: { id: 'cmp_1', object: 'response.compaction', created_at: 1, output: [] } });
    expect((await stage.openai.responses.compact({ model: 'stored/gpt', input: 'hi' })).id).toBe('cmp_1');
    expect([called(), JSON.parse(String(seen().body))]).toEqual([
      'POST /v1/responses/compact',
      { model: 'gpt', input: 'hi' },
    ]);
    expect(await refusal(await post('/v1/responses/compact', { model: 'claude', input: 'hi' }))).toMatchObject([
      400,
      { error: { code: 'dialect_unsupported' } },
    ]);
  });

  it.each(['..', '%2e%2e', 'a%2fb', '%2e%2e%2fmodels', 'a%3fb'])('lets no id point elsewhere: %s', async (id) => {
    const { hostname, port } = new URL(stage.gateway.url);
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      // A client that would tidy the path up cannot ask this.
      request({ hostname, port, path: `/v1/responses/${id}`, headers: { 'x-api-key': KEY } }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect([status, stage.upstream.requests]).toEqual([422, []]);
  });
});
