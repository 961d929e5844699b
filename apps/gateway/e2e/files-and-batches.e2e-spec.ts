import { type ScriptedReply } from '@sallyport/testing';
import { toFile } from 'openai';
import { endpointStage } from './endpoint-stage';
import { KEY } from './gateway-harness';

const AUDIO = Buffer.from([0x49, 0x44, 0x33, 0, 255, 13, 10, 0x80]);

describe('files and batches', () => {
  const stage = endpointStage();
  const { answer, called, post, refusal, seen } = stage;

  it('keeps files where one upstream keeps them', async () => {
    const file = { id: 'file-1', object: 'file', bytes: 3, created_at: 1, filename: 'a.jsonl', purpose: 'batch' };
    const paths: string[] = [];
    const call = async <T>(reply: ScriptedReply, make: () => PromiseLike<T>): Promise<T> => {
      stage.upstream.requests.length = 0;
      answer(reply);
      const result = await make();
      paths.push(called());
      return result;
    };
    const upload = await toFile(Buffer.from('{}\n'), 'a.jsonl');
    await call({ body: file }, () => stage.openai.files.create({ file: upload, purpose: 'batch' }));
    expect(String(seen().body)).not.toContain('name="model"');
    const page = await call({ body: { object: 'list', data: [file], has_more: false } }, () =>
      stage.openai.files.list({ purpose: 'batch' }),
    );
    expect(page.data[0]?.id).toBe('file-1');
    await call({ body: file }, () => stage.openai.files.retrieve('file-1'));
    const content = await call({ headers: { 'content-type': 'application/octet-stream' }, body: AUDIO }, () =>
      stage.openai.files.content('file-1'),
    );
    expect(Buffer.from(await content.arrayBuffer()).equals(AUDIO)).toBe(true);
    const lines = '{"error":"a line of the file"}\n{"b":2}\n';
    const asJson = await call({ headers: { 'content-type': 'application/json' }, body: lines }, () =>
      stage.openai.files.content('file-1'),
    );
    expect(await asJson.text()).toBe(lines);
    await call({ body: { id: 'file-1', object: 'file', deleted: true } }, () => stage.openai.files.delete('file-1'));
    const batch = { id: 'batch_1', object: 'batch', status: 'validating' };
    await call({ body: batch }, () =>
      stage.openai.batches.create({
        input_file_id: 'file-1',
        endpoint: '/v1/chat/completions',
        completion_window: '24h',
      }),
    );
    expect(JSON.parse(String(seen().body))).not.toHaveProperty('model');
    await call({ body: { object: 'list', data: [batch] } }, () => stage.openai.batches.list());
    await call({ body: batch }, () => stage.openai.batches.retrieve('batch_1'));
    await call({ body: batch }, () => stage.openai.batches.cancel('batch_1'));
    expect(paths).toEqual([
      'POST /v1/files',
      'GET /v1/files?purpose=batch',
      'GET /v1/files/file-1',
      'GET /v1/files/file-1/content',
      'GET /v1/files/file-1/content',
      'DELETE /v1/files/file-1',
      'POST /v1/batches',
      'GET /v1/batches',
      'GET /v1/batches/batch_1',
      'POST /v1/batches/batch_1/cancel',
    ]);
    expect(stage.gateway.records).toHaveLength(paths.length);
  });

  it('takes a call without a body that names a content type all the same', async () => {
    const batch = { id: 'batch_1', object: 'batch', status: 'cancelling' };
    answer({ body: batch });
    const reply = await post('/v1/batches/batch_1/cancel', '');
    expect([reply.status, await reply.json()]).toEqual([200, batch]);
    expect([called(), seen().body.toString()]).toEqual(['POST /v1/batches/batch_1/cancel', '']);
    expect((await post('/v1/chat/completions', '')).status).toBe(422);
  });

  it('asks the upstream of the model that a query names, and keeps that name to itself', async () => {
    answer({ body: { object: 'list', data: [] } });
    const list = (model: string): Promise<Response> =>
      fetch(`${stage.gateway.url}/v1/files?model=${model}&limit=2`, { headers: { 'x-api-key': KEY } });
    expect((await list('gpt')).status).toBe(200);
    expect(called()).toBe('GET /v1/files?limit=2');
    expect(await refusal(await list('claude'))).toMatchObject([400, { error: { code: 'dialect_unsupported' } }]);
    expect(await refusal(await list('nobody'))).toMatchObject([404, { error: { code: 'model_not_found' } }]);
  });
});
