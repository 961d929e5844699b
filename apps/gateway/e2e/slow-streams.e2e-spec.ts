import { anthropicStream, openAiStream } from '@sallyport/testing';
import { eventually, startTestGateway, type TestGateway } from './gateway-harness';
import { upstreamStage } from './upstream-stage';

describe('streams that are slow', () => {
  const stage = upstreamStage();
  const { script, send } = stage;

  describe('a gateway with little patience', () => {
    let hasty: TestGateway;
    beforeAll(async () => {
      hasty = await startTestGateway({
        GATEWAY_UPSTREAMS: `gpt=${stage.upstream.url};claude=anthropic+${stage.upstream.url}`,
        GATEWAY_DEFAULT_MODEL: 'claude',
        GATEWAY_PING_SECONDS: '0.1',
      });
    });
    afterAll(() => hasty.close());

    /** What a client reads of a stream whose upstream is silent until the client has read `awaited`. */
    async function readHeld(path: string, body: object, chunks: string[], awaited: RegExp): Promise<string> {
      const heard = Promise.withResolvers<void>();
      script({ chunks, before: (index) => (index === 2 ? heard.promise : undefined) });
      const reply = await send(path, { ...body, stream: true }, {}, hasty);
      let text = '';
      for await (const piece of reply.body ?? []) {
        text += Buffer.from(piece as Uint8Array).toString();
        if (awaited.test(text)) heard.resolve();
      }
      return text;
    }

    it('keeps a silent stream alive, with a ping that the dialect knows', async () => {
      const messages = await readHeld(
        '/v1/messages',
        {},
        anthropicStream(['a', 'b']),
        /(event: ping\ndata: .*\n\n){2}/,
      );
      expect(messages).toContain('event: message_stop');
      const chat = await readHeld(
        '/v1/chat/completions',
        { model: 'gpt' },
        openAiStream(['a', 'b']),
        /(: ping\n\n){2}/,
      );
      expect(chat.endsWith('data: [DONE]\n\n')).toBe(true);
    });

    it('lets a stream begin that has no first event for long, and lets go of its upstream', async () => {
      script({ chunks: [': still thinking\n\n'], fault: 'stall' });
      const abort = new AbortController();
      const init = { signal: abort.signal };
      const reply = await send('/v1/chat/completions', { model: 'gpt', stream: true }, init, hasty);
      const reader = reply.body!.getReader();
      let text = '';
      while (!text.includes(': still thinking\n\n')) {
        const { value, done } = (await reader.read()) as { value: Uint8Array; done: boolean };
        expect(done).toBe(false);
        text += Buffer.from(value).toString();
      }
      abort.abort();
      await eventually(() => stage.upstream.requests.at(-1)?.aborted === true, 'the upstream sees the client leave');
    });
  });

  it('holds the upstream back when the client reads slowly', async () => {
    const line = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'x'.repeat(64 * 1024) } }] })}\n\n`;
    let sent = 0;
    script({ chunks: Array.from({ length: 1_000 }, () => line), before: (index) => void (sent = index) });
    const abort = new AbortController();
    const reply = await send('/v1/messages', { model: 'gpt', stream: true }, { signal: abort.signal });
    const reader = reply.body?.getReader();
    await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    // 64 MB wait upstream; a few fit into the buffers of the sockets on the way.
    expect(sent).toBeLessThan(300);
    abort.abort();
    await eventually(() => stage.gateway.records.length === 1, 'the record of the aborted call');
  });
});
