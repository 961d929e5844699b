import { openAiReply, openAiStream } from '@sallyport/testing';
import { AbortStage } from './aborts/abort-stage';
import { RawClient, WAYS_TO_LEAVE } from './aborts/raw-client';
import { eventually } from './gateway-harness';

const LEFT = { status: 'failure', error_information: { error_code: '499', error_class: 'client_closed' } };
const stalled = { chunks: openAiStream(['partial ', 'x']).slice(0, 2), fault: 'stall' } as const;

describe('connections that end', () => {
  let stage: AbortStage;
  let client: RawClient;
  beforeAll(async () => {
    stage = await AbortStage.start();
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    stage.gateway.records.splice(0);
    client = await RawClient.connect(stage.gateway.url);
  });
  afterEach(() => client.socket.destroy());

  describe.each(Object.entries(WAYS_TO_LEAVE))('with %s', (_way, leave) => {
    it('before an answer', async () => {
      const asked = stage.script(() => new Promise<never>(() => undefined));
      client.call({ model: 'chat' });
      const request = await asked;
      leave(client.socket);
      await eventually(() => request.aborted, 'the upstream is let go');
      expect(await stage.onlyRecord()).toMatchObject({ ...LEFT, response: null });
    });

    it('mid-stream, on a connection that was used before', async () => {
      void stage.script(() => ({ body: openAiReply('first') }));
      client.call({ model: 'chat' });
      await client.until('first');
      const asked = stage.script(() => stalled);
      client.call({ model: 'chat', stream: true });
      await client.until('partial ');
      leave(client.socket);
      await eventually(() => stage.gateway.records.length === 2, 'the second call is recorded');
      const request = await asked;
      await eventually(() => request.aborted, 'the upstream is let go');
      const [first] = stage.gateway.records.splice(0, 1);
      expect(first).toMatchObject({ status: 'success', response: { choices: [{ message: { content: 'first' } }] } });
      const second = await stage.onlyRecord();
      expect(second).toMatchObject({ ...LEFT, response: { choices: [{ message: { content: 'partial ' } }] } });
    });

    it('between two calls, which is nobody’s business', async () => {
      void stage.script(() => ({ body: openAiReply('all') }));
      client.call({ model: 'chat' });
      await client.until('all');
      leave(client.socket);
      expect(await stage.onlyRecord()).toMatchObject({ status: 'success' });
    });

    it('while a whole reply is on its way, whose record is on disk by then', async () => {
      const long = 'x'.repeat(16_000_000);
      void stage.script(() => ({ body: openAiReply(long) }));
      client.call({ model: 'chat' });
      await client.until('chat.completion');
      client.stopReading();
      leave(client.socket);
      const record = await stage.onlyRecord();
      expect(record).toMatchObject({ status: 'success', prompt_tokens: 7, completion_tokens: 5 });
    });
  });

  it('records both of two calls that were sent together', async () => {
    stage.upstream.script(() => stalled);
    stage.upstream.requests.splice(0);
    client.call({ model: 'chat', stream: true });
    client.call({ model: 'chat', stream: true });
    await client.until('partial ');
    await eventually(() => stage.upstream.requests.length === 2, 'both calls are made');
    client.socket.destroy();
    await eventually(() => stage.upstream.requests.every(({ aborted }) => aborted), 'both upstreams are let go');
    await eventually(() => stage.gateway.records.length === 2, 'both calls are recorded');
    const [one, other] = stage.gateway.records.splice(0, 1).concat(await stage.onlyRecord());
    expect([one, other]).toMatchObject([LEFT, LEFT]);
    expect(one?.litellm_call_id).not.toBe(other?.litellm_call_id);
  });

  it('lets go of an upstream whose client stopped reading before it left', async () => {
    const chunks = Array.from({ length: 400 }, () => openAiStream(['y'.repeat(100_000)])[1] ?? '');
    const asked = stage.script(() => ({ chunks, fault: 'stall' }));
    client.call({ model: 'chat', stream: true });
    await client.until('yyy');
    client.stopReading();
    client.socket.resetAndDestroy();
    const request = await asked;
    await eventually(() => request.aborted, 'the upstream is let go');
    expect(await stage.onlyRecord()).toMatchObject(LEFT);
  });
});
