import { openAiStream } from '@sallyport/testing';
import { AbortStage } from './aborts/abort-stage';
import { RawClient } from './aborts/raw-client';
import { eventually, KEY } from './gateway-harness';

const SHUTDOWN = { status: 'failure', error_information: { error_code: '503', error_class: 'shutdown' } };
const stalled = { chunks: openAiStream(['partial ', 'x']).slice(0, 2), fault: 'stall' } as const;

/** A gateway that stops waits for records only so long, which may be too short for a busy machine. */
const recorded = ({ gateway }: AbortStage): Promise<void> =>
  eventually(() => gateway.records.length > 0, 'the call is recorded');

describe('calls that outlive the drain', () => {
  let stage: AbortStage;
  beforeEach(async () => {
    stage = await AbortStage.start({
      // A tenth of it is left for last words, which a busy machine needs.
      DRAIN_TIMEOUT_SECONDS: '4',
      GATEWAY_UPSTREAM_CHAT_ENDPOINTS: 'openai-chat,openai-audio-speech',
    });
  });
  afterEach(() => stage.close());

  const chat = (stream: boolean): Promise<Response> =>
    fetch(`${stage.gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
      body: JSON.stringify({ model: 'chat', messages: [{ role: 'user', content: 'Hi' }], stream }),
    });

  it('are told so inside their stream, and recorded as what they are', async () => {
    const asked = stage.script(() => stalled);
    const reply = await chat(true);
    const text = reply.text();
    const closed = stage.gateway.close();
    expect(await text).toMatch(/partial [^]*"code":"unavailable"/);
    expect(await text).not.toContain('[DONE]');
    await closed;
    await recorded(stage);
    expect(stage.gateway.records).toMatchObject([
      { ...SHUTDOWN, response: { id: 'chatcmpl-scripted', choices: [{ message: { content: 'partial ' } }] } },
    ]);
    expect(stage.gateway.records).toMatchObject([{ sallyport: { client_left: false } }]);
    expect((await asked).aborted).toBe(true);
  });

  it.each([true, false])('are refused before their answer began (stream: %s)', async (stream) => {
    const asked = stage.script(() => new Promise<never>(() => undefined));
    const reply = chat(stream);
    const request = await asked;
    const closed = stage.gateway.close();
    const { status, headers } = await reply;
    expect([status, headers.get('connection'), await (await reply).json()]).toEqual([
      503,
      expect.any(String),
      { error: expect.objectContaining({ code: 'unavailable' }) as object },
    ]);
    await closed;
    await recorded(stage);
    expect(stage.gateway.records).toMatchObject([{ ...SHUTDOWN, response: null }]);
    expect(request.aborted).toBe(true);
  });

  it('are cut and recorded as shut down when their client reads nothing', async () => {
    const chunks = Array.from({ length: 400 }, () => openAiStream(['y'.repeat(100_000)])[1] ?? '');
    void stage.script(() => ({ chunks, fault: 'stall' }));
    const client = await RawClient.connect(stage.gateway.url);
    client.call({ model: 'chat', stream: true });
    await client.until('yyy');
    client.stopReading();
    await stage.gateway.close();
    await recorded(stage);
    client.socket.destroy();
    expect(stage.gateway.records).toMatchObject([SHUTDOWN]);
  });

  it('break off where bytes cannot tell of an end', async () => {
    void stage.script(() => ({ headers: { 'content-type': 'audio/mpeg' }, chunks: ['sound'], fault: 'stall' }));
    const reply = await fetch(`${stage.gateway.url}/v1/audio/speech`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
      body: JSON.stringify({ model: 'chat', input: 'Hi', voice: 'alloy' }),
    });
    const bytes = reply.arrayBuffer();
    const closed = stage.gateway.close();
    await expect(bytes).rejects.toThrow();
    await closed;
    await recorded(stage);
    expect(stage.gateway.records).toMatchObject([SHUTDOWN]);
  });

  it('are told from calls whose client left while the gateway was draining', async () => {
    void stage.script(() => stalled);
    const client = await RawClient.connect(stage.gateway.url);
    client.call({ model: 'chat', stream: true });
    await client.until('partial ');
    const closed = stage.gateway.close();
    client.socket.destroy();
    await closed;
    await recorded(stage);
    expect(stage.gateway.records).toMatchObject([{ error_information: { error_class: 'client_closed' } }]);
  });
});

describe('calls that outlive their client', () => {
  let stage: AbortStage;
  afterEach(() => stage.close());

  const drain = async (drainSeconds: string): Promise<void> => {
    stage = await AbortStage.start({ GATEWAY_ON_CLIENT_ABORT: 'drain', DRAIN_TIMEOUT_SECONDS: drainSeconds });
  };

  it('are waited for when the gateway stops', async () => {
    await drain('60');
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const before = (index: number): Promise<void> | undefined => (index === 2 ? opened : undefined);
    void stage.script(() => ({ chunks: openAiStream(['a', 'b']), before }));
    const client = await RawClient.connect(stage.gateway.url);
    client.call({ model: 'chat', stream: true });
    await client.until('"a"');
    client.socket.destroy();
    await stage.clientsLeft(1);
    const closed = stage.gateway.close();
    await eventually(
      async () => (await fetch(stage.gateway.url).catch(() => undefined)) === undefined,
      'it listens no more',
    );
    expect(stage.gateway.records).toEqual([]);
    open();
    await closed;
    await recorded(stage);
    expect(stage.gateway.records).toMatchObject([{ status: 'success', sallyport: { client_left: true } }]);
  });

  it('end with the drain', async () => {
    await drain('0.5');
    const asked = stage.script(() => stalled);
    const client = await RawClient.connect(stage.gateway.url);
    client.call({ model: 'chat', stream: true });
    await client.until('partial ');
    client.socket.destroy();
    await stage.clientsLeft(1);
    await stage.gateway.close();
    await recorded(stage);
    expect(stage.gateway.records).toMatchObject([
      { ...SHUTDOWN, sallyport: { client_left: true }, response: { choices: [{ message: { content: 'partial ' } }] } },
    ]);
    const request = await asked;
    await eventually(() => request.aborted, 'the upstream is let go');
  });
});
