import Anthropic from '@anthropic-ai/sdk';
import {
  anthropicBlockStream,
  anthropicReply,
  openAiDeltaStream,
  openAiReply,
  openAiStream,
  type RecordedRequest,
} from '@sallyport/testing';
import OpenAI from 'openai';
import { MASTER_KEY, startProxy, type ProxyHarness } from './proxy-harness';

const INSTANCE = 'i-0a1b2c3d4e5f60718';
const MAIL = 'jane.doe@example.com';
const QUESTION = `Stop ${INSTANCE} and tell ${MAIL}`;

/** The tokens in what the upstream was sent, in the order of the text. */
function tokensIn({ body }: RecordedRequest): [string, string] {
  const [instance, mail] = body.toString('utf8').match(/MSK[A-Z0-9]{17}/g) ?? [];
  return [instance as string, mail as string];
}

/** Arguments of a tool call with a token in JSON, and one in JSON inside a string. */
function toolArguments(request: RecordedRequest): string {
  const [instance, mail] = tokensIn(request);
  return JSON.stringify({ id: instance, note: `to "${mail}"\n값`, payload: JSON.stringify({ [mail]: [instance] }) });
}
const RESTORED_ARGUMENTS = {
  id: INSTANCE,
  note: `to "${MAIL}"\n값`,
  payload: JSON.stringify({ [MAIL]: [INSTANCE] }),
};

/** Cuts a stream into network chunks of three bytes, which fall inside lines, characters and tokens. */
function finely(events: readonly string[]): Uint8Array[] {
  const bytes = Buffer.from(events.join(''));
  return Array.from({ length: Math.ceil(bytes.length / 3) }, (_, index) => bytes.subarray(index * 3, index * 3 + 3));
}
const pieces = (text: string): string[] => text.match(/[^]{1,5}/gu) ?? [];

describe('clients', () => {
  let proxy: ProxyHarness;
  beforeAll(async () => {
    proxy = await startProxy();
  });
  afterAll(() => proxy.close());

  describe('the OpenAI client', () => {
    const client = (): OpenAI => new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey: MASTER_KEY, maxRetries: 0 });
    const call = { model: 'm', messages: [{ role: 'user' as const, content: QUESTION }] };

    it('gets a whole reply restored', async () => {
      proxy.upstream.script((request) => ({ body: openAiReply(`Done: ${tokensIn(request).join(', ')}`) }));
      const reply = await client().chat.completions.create(call);
      expect(reply.choices[0]?.message.content).toBe(`Done: ${INSTANCE}, ${MAIL}`);
      expect(proxy.lastBody()).not.toMatch(/i-0a1b|jane/);
    });

    it('gets a stream restored', async () => {
      proxy.upstream.script((request) => ({
        chunks: finely(openAiStream(pieces(`Done: ${tokensIn(request).join('값')}.`))),
      }));
      const stream = client().chat.completions.stream(call);
      const deltas: string[] = [];
      stream.on('content', (delta) => deltas.push(delta));
      const whole = await stream.finalChatCompletion();
      expect(whole.choices[0]?.message.content).toBe(`Done: ${INSTANCE}값${MAIL}.`);
      expect(whole.choices[0]?.finish_reason).toBe('stop');
      expect(deltas.length).toBeGreaterThan(2);
    });

    it('gets streamed tool arguments restored, and its next turn is masked again to the same bytes', async () => {
      proxy.upstream.script((request) => {
        const start = { index: 0, id: 'call_1', type: 'function', function: { name: 'notify', arguments: '' } };
        const deltas = pieces(toolArguments(request)).map((part) => ({ index: 0, function: { arguments: part } }));
        const calls = [start, ...deltas].map((item) => ({ tool_calls: [item] }));
        return { chunks: finely(openAiDeltaStream(calls, 'tool_calls')) };
      });
      const { choices } = await client().chat.completions.stream(call).finalChatCompletion();
      const toolCall = choices[0]?.message.tool_calls?.[0];
      if (toolCall?.type !== 'function') throw new Error('the tool call is missing');
      expect(JSON.parse(toolCall.function.arguments)).toEqual(RESTORED_ARGUMENTS);
      const asked = proxy.upstream.requests.at(-1) as RecordedRequest;

      proxy.upstream.script(() => ({ body: openAiReply('ok') }));
      const tool = { role: 'tool' as const, tool_call_id: 'call_1', content: `sent to ${MAIL}` };
      await client().chat.completions.create({
        model: 'm',
        messages: [...call.messages, { role: 'assistant', content: null, tool_calls: [toolCall] }, tool],
      });
      const history = JSON.parse(proxy.lastBody()) as {
        messages: { tool_calls: { function: { arguments: string } }[] }[];
      };
      expect(history.messages[1]?.tool_calls[0]?.function.arguments).toBe(toolArguments(asked));
      expect(proxy.lastBody()).not.toContain(MAIL);
    });

    it('gets the error classes of the upstream, with restored messages', async () => {
      proxy.upstream.script((request) => ({
        status: 400,
        body: {
          error: { message: `no ${tokensIn(request)[1]}`, type: 'invalid_request_error', param: null, code: null },
        },
      }));
      await expect(client().chat.completions.create(call)).rejects.toThrow(`400 no ${MAIL}`);
      const stranger = new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey: 'nope', maxRetries: 0 });
      await expect(stranger.chat.completions.create(call)).rejects.toThrow(OpenAI.AuthenticationError);
    });

    it('lists models through the proxy', async () => {
      proxy.upstream.script(() => ({ body: { object: 'list', data: [{ id: 'm', object: 'model' }] } }));
      expect((await client().models.list()).data.map(({ id }) => id)).toEqual(['m']);
    });
  });

  describe('the Anthropic client', () => {
    const client = (): Anthropic => new Anthropic({ baseURL: proxy.url, apiKey: MASTER_KEY, maxRetries: 0 });
    const call = { model: 'm', max_tokens: 9, messages: [{ role: 'user' as const, content: QUESTION }] };

    it('gets a whole reply restored', async () => {
      proxy.upstream.script((request) => ({ body: anthropicReply(`Done: ${tokensIn(request).join(', ')}`) }));
      expect((await client().messages.create(call)).content).toMatchObject([{ text: `Done: ${INSTANCE}, ${MAIL}` }]);
      expect(proxy.lastBody()).not.toMatch(/i-0a1b|jane/);
    });

    it('gets a stream of text and tool use restored, and thinking as it came', async () => {
      proxy.upstream.script((request) => ({
        chunks: finely(
          anthropicBlockStream(
            [
              {
                start: { type: 'thinking', thinking: '', signature: '' },
                deltas: [
                  { type: 'thinking_delta', thinking: tokensIn(request)[1] },
                  { type: 'signature_delta', signature: 'sig' },
                ],
              },
              {
                start: { type: 'text', text: '' },
                deltas: pieces(`값 ${tokensIn(request).join(' ')}`).map((text) => ({ type: 'text_delta', text })),
              },
              {
                start: { type: 'tool_use', id: 'toolu_1', name: 'notify', input: {} },
                deltas: pieces(toolArguments(request)).map((part) => ({
                  type: 'input_json_delta',
                  partial_json: part,
                })),
              },
            ],
            'tool_use',
          ),
        ),
      }));
      const whole = await client().messages.stream(call).finalMessage();
      const [, mailToken] = tokensIn(proxy.upstream.requests.at(-1) as RecordedRequest);
      expect(whole.content).toMatchObject([
        { type: 'thinking', thinking: mailToken, signature: 'sig' },
        { type: 'text', text: `값 ${INSTANCE} ${MAIL}` },
        { type: 'tool_use', name: 'notify', input: RESTORED_ARGUMENTS },
      ]);
      expect(whole.stop_reason).toBe('tool_use');
    });

    it('counts the tokens of the masked message', async () => {
      proxy.upstream.script(() => ({ body: { input_tokens: 42 } }));
      const { input_tokens } = await client().messages.countTokens({ model: 'm', messages: call.messages });
      expect(input_tokens).toBe(42);
      expect(proxy.upstream.requests.at(-1)?.path).toBe('/v1/messages/count_tokens');
      expect(proxy.lastBody()).not.toContain(MAIL);
    });

    it('gets the error classes of the upstream', async () => {
      proxy.upstream.script(() => ({
        status: 529,
        body: { type: 'error', error: { type: 'overloaded_error', message: 'busy' } },
      }));
      await expect(client().messages.create(call)).rejects.toThrow(Anthropic.InternalServerError);
      const stranger = new Anthropic({ baseURL: proxy.url, apiKey: 'nope', maxRetries: 0 });
      await expect(stranger.messages.create(call)).rejects.toThrow(Anthropic.AuthenticationError);
    });
  });
});
