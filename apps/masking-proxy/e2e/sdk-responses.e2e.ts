import { checkStream, responsesItemStream, responsesReply, responsesStream } from '@sallyport/testing';
import OpenAI from 'openai';
import { MASTER_KEY, startProxy, type ProxyHarness } from './proxy-harness';

const INSTANCE = 'i-0a1b2c3d4e5f60718';
const MAIL = 'jane.doe@example.com';
const ASK = { model: 'm', input: `Stop ${INSTANCE} and tell ${MAIL}` };

describe('clients of the Responses API', () => {
  let proxy: ProxyHarness;
  let client: OpenAI;
  beforeAll(async () => {
    proxy = await startProxy();
    client = new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey: MASTER_KEY, maxRetries: 0 });
  });
  afterAll(() => proxy.close());

  const tokensIn = (body: Buffer): string[] => body.toString('utf8').match(/MSK[A-Z0-9]{17}/g) ?? [];
  const pieces = (text: string): string[] => text.match(/[^]{1,5}/gu) ?? [];
  /** The text of a reply with another id, so that several can follow each other. */
  const renamed = (value: unknown, id: string): string => JSON.stringify(value).replaceAll('resp_scripted', id);

  describe('the OpenAI client of the Responses API', () => {
    it('gets a whole reply restored', async () => {
      proxy.upstream.script(({ body }) => ({ body: responsesReply(`Done: ${tokensIn(body).join(', ')}`) }));
      expect((await client.responses.create(ASK)).output_text).toBe(`Done: ${INSTANCE}, ${MAIL}`);
      expect(proxy.lastBody()).not.toMatch(/i-0a1b|jane/);
    });

    it('gets a stream of text, a function call and free text restored, its snapshots too', async () => {
      proxy.upstream.script(({ body }) => {
        const [instance = '', mail = ''] = tokensIn(body);
        const args = JSON.stringify({ id: instance, note: `to "${mail}"\n값`, inner: JSON.stringify({ mail }) });
        return {
          chunks: responsesItemStream([
            { type: 'text', parts: pieces(`Done: ${instance}값${mail}.`) },
            { type: 'call', callId: 'c1', name: 'notify', parts: pieces(args) },
            { type: 'custom-call', callId: 'c2', name: 'note', parts: pieces(`say "${mail}" to ${instance}`) },
          ]),
        };
      });
      const whole = await client.responses.stream(ASK).finalResponse();
      const [message, call, custom] = whole.output;
      expect(whole.output_text).toBe(`Done: ${INSTANCE}값${MAIL}.`);
      expect(message).toMatchObject({ type: 'message' });
      if (call?.type !== 'function_call' || custom?.type !== 'custom_tool_call') throw new Error('a call is missing');
      expect(JSON.parse(call.arguments)).toEqual({
        id: INSTANCE,
        note: `to "${MAIL}"\n값`,
        inner: JSON.stringify({ mail: MAIL }),
      });
      expect(custom.input).toBe(`say "${MAIL}" to ${INSTANCE}`);
    });

    it('carries on from a response without repeating a value, several times', async () => {
      proxy.upstream.script(() => ({ body: JSON.parse(renamed(responsesReply('noted'), 'resp_1')) as object }));
      const first = await client.responses.create(ASK);
      const [instance, mail] = tokensIn(proxy.upstream.requests.at(-1)?.body as Buffer);
      const say = (text: string, id: string): void =>
        proxy.upstream.script(() => ({ body: JSON.parse(renamed(responsesReply(text), id)) as object }));

      say(`It was ${instance}`, 'resp_2');
      const second = await client.responses.create({ model: 'm', input: 'which?', previous_response_id: first.id });
      expect(second.output_text).toBe(`It was ${INSTANCE}`);
      expect(tokensIn(proxy.upstream.requests.at(-1)?.body as Buffer)).toEqual([]);

      proxy.upstream.script(() => ({ chunks: responsesStream(pieces(`and ${mail}`)) }));
      const third = client.responses.stream({ model: 'm', input: 'and who?', previous_response_id: second.id });
      expect((await third.finalResponse()).output_text).toBe(`and ${MAIL}`);

      say(`Who is ${mail}?`, 'resp_4');
      const stranger = await client.responses.create({ model: 'm', input: 'x', previous_response_id: 'resp_unknown' });
      expect(stranger.output_text).toBe(`Who is ${mail}?`);
    });

    it('carries on within a conversation that the upstream keeps', async () => {
      const conversation = { id: 'conv_1' };
      proxy.upstream.script(() => ({ body: { ...responsesReply('noted'), id: 'resp_c1', conversation } }));
      await client.responses.create({ ...ASK, conversation: 'conv_1' });
      const [, mail] = tokensIn(proxy.upstream.requests.at(-1)?.body as Buffer);
      proxy.upstream.script(() => ({ body: { ...responsesReply(`to ${mail}`), id: 'resp_c2', conversation } }));
      const next = await client.responses.create({ model: 'm', input: 'to whom?', conversation: 'conv_1' });
      expect(next.output_text).toBe(`to ${MAIL}`);
    });

    it('fetches, lists the input of, cancels and deletes what it has made in the background', async () => {
      proxy.upstream.script(() => ({ body: { ...responsesReply(''), id: 'resp_b', status: 'queued', output: [] } }));
      const { id } = await client.responses.create({ ...ASK, background: true });
      const [, mail] = tokensIn(proxy.upstream.requests.at(-1)?.body as Buffer);
      proxy.upstream.script(({ method, path }) => {
        if (method === 'DELETE') return { body: { id, object: 'response', deleted: true } };
        const item = { id: 'm', type: 'message', role: 'user', content: [{ type: 'input_text', text: `${mail}` }] };
        if (path.includes('input_items')) return { body: { object: 'list', data: [item], has_more: false } };
        return { body: { ...responsesReply(`told ${mail}`), id } };
      });
      expect((await client.responses.retrieve(id)).output_text).toBe(`told ${MAIL}`);
      expect((await client.responses.inputItems.list(id)).data).toMatchObject([{ content: [{ text: MAIL }] }]);
      expect((await client.responses.cancel(id)).id).toBe(id);
      await client.responses.delete(id);
      expect(proxy.upstream.requests.at(-1)).toMatchObject({ method: 'DELETE', path: `/v1/responses/${id}` });
    });

    it('is told of a stream that breaks off by an error with the next number', async () => {
      proxy.upstream.script(() => ({ chunks: responsesStream(['one ', 'two ']).slice(0, 5), fault: 'reset' }));
      const raw = await (await proxy.post('/v1/responses', { ...ASK, stream: true })).text();
      expect(checkStream('openai-responses', raw)).toEqual([]);
      const numbers = Array.from(raw.matchAll(/"sequence_number":(\d+)/g), ([, number]) => Number(number));
      expect(numbers).toEqual(numbers.map((_, index) => index));
      expect(raw).toContain('event: error');
    });

    it('counts the tokens of a masked input', async () => {
      proxy.upstream.script(() => ({ body: { object: 'response.input_tokens', input_tokens: 42 } }));
      const reply = await proxy.post('/v1/responses/input_tokens', ASK);
      expect(await reply.json()).toEqual({ object: 'response.input_tokens', input_tokens: 42 });
      expect(proxy.lastBody()).not.toContain(MAIL);
    });
  });

  describe('the OpenAI client of embeddings and completions', () => {
    it('embeds masked texts, the same value always as the same token', async () => {
      proxy.upstream.script(() => ({
        body: { object: 'list', model: 'm', data: [{ object: 'embedding', index: 0, embedding: [0.25, -1] }] },
      }));
      const ask: OpenAI.EmbeddingCreateParams = {
        model: 'm',
        input: [`to ${MAIL}`, `from ${MAIL}`],
        encoding_format: 'float',
      };
      expect((await client.embeddings.create(ask)).data[0]?.embedding).toEqual([0.25, -1]);
      expect(new Set(tokensIn(proxy.upstream.requests.at(-1)?.body as Buffer)).size).toBe(1);
    });

    it('completes a masked text', async () => {
      const choice = (text: string): object => ({ index: 0, text, finish_reason: 'stop', logprobs: null });
      proxy.upstream.script(({ body }) => ({
        body: {
          id: 'c',
          object: 'text_completion',
          created: 1,
          model: 'm',
          choices: [choice(tokensIn(body).join(' '))],
        },
      }));
      const reply = await client.completions.create({ model: 'm', prompt: ASK.input });
      expect(reply.choices[0]?.text).toBe(`${INSTANCE} ${MAIL}`);
    });
  });
});
