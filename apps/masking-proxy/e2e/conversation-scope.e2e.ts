import { openAiReply, responsesReply } from '@sallyport/testing';
import { shareProxy } from './proxy-harness';

const MAIL = 'jane.doe@example.com';
const OTHER_KEY = 'sk-another-tenant';
const user = (content: string): object => ({ role: 'user', content });

describe('the scope of tokens', () => {
  const proxy = shareProxy({ MASKING_SCOPE: 'conversation', MASKING_API_KEYS: OTHER_KEY });

  /** The token of the address in what the upstream is sent for a call. */
  async function tokenOf(path: string, body: object, headers = {}, asked = proxy()): Promise<string> {
    expect((await asked.post(path, { model: 'm', ...body }, headers)).status).toBe(200);
    return /MSKMAIL\w{13}/.exec(asked.lastBody())?.[0] ?? '';
  }

  describe('tokens of conversations', () => {
    beforeEach(() => {
      proxy().upstream.script(({ path }) => ({
        body: path.includes('responses') ? responsesReply('ok') : openAiReply('ok'),
      }));
    });

    it('are the same in all turns of one, and others in the next', async () => {
      const system = { role: 'system', content: `the owner is ${MAIL}` };
      const first = await tokenOf('/v1/chat/completions', { messages: [system, user('hello')] });
      const later = [system, user('hello'), { role: 'assistant', content: 'hi' }, user('more')];
      expect(await tokenOf('/v1/chat/completions', { messages: later })).toBe(first);
      expect(await tokenOf('/v1/chat/completions', { messages: [system, user('another')] })).not.toBe(first);
    });

    it('do not change with marks that a client moves along', async () => {
      const block = { type: 'text', text: `write to ${MAIL}` };
      const marked = { role: 'user', content: [{ ...block, cache_control: { type: 'ephemeral' } }] };
      const first = await tokenOf('/v1/messages', { max_tokens: 9, messages: [marked] });
      const later = [{ role: 'user', content: [block] }, { role: 'assistant', content: 'ok' }, marked];
      expect(await tokenOf('/v1/messages', { max_tokens: 9, messages: later })).toBe(first);
    });

    it.each(['x-claude-code-session-id', 'session_id', 'session-id', 'conversation_id'])(
      'go by the name that %s gives',
      async (header) => {
        const body = { messages: [user(MAIL)] };
        const first = await tokenOf('/v1/chat/completions', body, { [header]: 'a' });
        expect(await tokenOf('/v1/chat/completions', body, { [header]: 'a' })).toBe(first);
        expect(await tokenOf('/v1/chat/completions', { messages: [user(`x ${MAIL}`)] }, { [header]: 'a' })).toBe(first);
        expect(await tokenOf('/v1/chat/completions', body, { [header]: 'b' })).not.toBe(first);
      },
    );

    it('are the same when they are counted before they are sent', async () => {
      const body = { messages: [user(`write to ${MAIL}`)] };
      const counted = await tokenOf('/v1/messages/count_tokens', body);
      expect(await tokenOf('/v1/messages', { ...body, max_tokens: 9 })).toBe(counted);
    });

    it('go on from a stored response, and by the conversation that a request names', async () => {
      const first = await tokenOf('/v1/responses', { input: `write to ${MAIL}` });
      const next = { input: `and again to ${MAIL}`, previous_response_id: 'resp_scripted' };
      expect(await tokenOf('/v1/responses', next)).toBe(first);
      const named = await tokenOf('/v1/responses', { input: MAIL, conversation: 'conv_1' });
      expect(await tokenOf('/v1/responses', { input: `x ${MAIL}`, conversation: { id: 'conv_1' } })).toBe(named);
      expect(named).not.toBe(first);
    });

    it('are those of the tenant where there is no conversation', async () => {
      const first = await tokenOf('/v1/embeddings', { input: `a ${MAIL}` });
      expect(await tokenOf('/v1/embeddings', { input: `b ${MAIL}` })).toBe(first);
    });

    it('are never those of another tenant', async () => {
      const named = { 'x-claude-code-session-id': 'a' };
      const first = await tokenOf('/v1/chat/completions', { messages: [user(MAIL)] }, named);
      const other = { ...named, authorization: `Bearer ${OTHER_KEY}` };
      expect(await tokenOf('/v1/chat/completions', { messages: [user(MAIL)] }, other)).not.toBe(first);
    });
  });

  describe('tokens of tenants', () => {
    it('are the same in all conversations of one, and others for each key', async () => {
      const shared = await proxy().with({ MASKING_SCOPE: 'tenant', MASKING_UPSTREAM_API_KEY: 'sk-upstream' });
      const other = { authorization: `Bearer ${OTHER_KEY}` };
      const first = await tokenOf('/v1/chat/completions', { messages: [user(MAIL)] }, {}, shared);
      expect(await tokenOf('/v1/chat/completions', { messages: [user(`x ${MAIL}`)] }, {}, shared)).toBe(first);
      const foreign = await tokenOf('/v1/chat/completions', { messages: [user(MAIL)] }, other, shared);
      expect(foreign).not.toBe(first);
      const preview = await (await shared.post('/v1/mask', { text: MAIL }, other)).json();
      expect(preview).toMatchObject({ results: [{ masked: foreign }] });
    });
  });
});
