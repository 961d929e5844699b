import { TenantMasker } from '../masking.fixture';

const masker = new TenantMasker();
const ADDRESS = 'alice@example.com';
const TOKEN = masker.maskText(ADDRESS).masked;
const KEY = 'AKIAIOSFODNN7EXAMPLE';

function maskedValue(endpoint: Parameters<TenantMasker['maskBody']>[0], body: object): unknown {
  return JSON.parse(masker.maskBody(endpoint, JSON.stringify(body)).text);
}

describe('names and ids that tie a request together', () => {
  it('get the same token wherever they stand', () => {
    const of = (name: string): object => ({
      tools: [{ name, input_schema: { type: 'object' } }],
      tool_choice: { type: 'tool', name },
      messages: [
        { role: 'assistant', content: [{ type: 'tool_use', id: `id ${name}`, name, input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: `id ${name}`, content: 'done' }] },
      ],
    });
    expect(maskedValue('anthropic-messages', of(ADDRESS))).toEqual(of(TOKEN));
  });

  it('do so in chats and responses, too', () => {
    const chat = (id: string): object => ({
      messages: [
        { role: 'assistant', tool_calls: [{ id, type: 'function', function: { name: 'f', arguments: '{}' } }] },
        { role: 'tool', tool_call_id: id, content: 'done' },
      ],
    });
    const responses = (id: string): object => ({
      input: [
        { type: 'function_call', call_id: id, name: 'f', arguments: '{}' },
        { type: 'function_call_output', call_id: id, output: 'done' },
      ],
    });
    const token = masker.maskText(KEY).masked;
    expect(maskedValue('openai-chat', chat(KEY))).toEqual(chat(token));
    expect(maskedValue('openai-responses', responses(KEY))).toEqual(responses(token));
  });

  it('stay when they are what providers make', () => {
    const body = JSON.stringify({
      previous_response_id: 'resp_68af4030baa48193b0b43b4c2a176a1a0e6967589f080e77',
      input: [
        { type: 'reasoning', id: 'rs_68af40337e58819392e935fb404414d005b6b3f80cb3a1ec', summary: [] },
        {
          type: 'function_call',
          id: 'fc_68af40337e58819392e935fb404414d0',
          call_id: 'call_Xk2dOM0Lx0Xv1yEaIMwfkQSd',
          name: 'f',
          arguments: '{}',
        },
        {
          type: 'function_call_output',
          call_id: 'call_Xk2dOM0Lx0Xv1yEaIMwfkQSd',
          output: 'toolu_01XFDUDYJgAACzvnptvVoYEL',
        },
      ],
    });
    expect(masker.maskBody('openai-responses', body).text).toBe(body);
  });
});

describe('what is signed or encrypted', () => {
  const signed = [
    { type: 'thinking', thinking: `I mail ${ADDRESS} \u00e9 "`, signature: `${KEY}==` },
    { type: 'redacted_thinking', data: KEY },
    { type: 'compaction', content: ADDRESS, encrypted_content: KEY, signature: KEY },
  ];

  it('passes byte for byte in a message of an assistant, whatever else changes', () => {
    const literal = '{ "type":"thinking","thinking":"\\u0061lice@example.com \\/ 1.0","signature":"a\\/b" , "n":1e3}';
    const body = `{"messages":[{"role":"assistant","content":[${literal},${signed.map((block) => JSON.stringify(block)).join()}]},{"role":"user","content":"${ADDRESS}"}]}`;
    const { text } = masker.maskBody('anthropic-messages', body);
    expect(text).toBe(`${body.slice(0, -(ADDRESS.length + 4))}${TOKEN}"}]}`);
  });

  it('is text in a message of anybody else, and in the result of a tool', () => {
    const user = { role: 'user', content: [...signed, { type: 'tool_result', content: signed }] };
    const { text } = masker.maskBody('anthropic-messages', JSON.stringify({ messages: [user] }));
    expect(text).not.toContain(ADDRESS);
    expect(text).not.toContain(KEY);
  });

  it('passes byte for byte in responses and chats', () => {
    const responses = JSON.stringify({
      input: [
        { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: ADDRESS },
        { type: 'compaction', encrypted_content: ADDRESS },
      ],
    });
    expect(masker.maskBody('openai-responses', responses).text).toBe(responses);
    const chat = JSON.stringify({ messages: [{ role: 'assistant', reasoning_details: [{ data: ADDRESS }] }] });
    expect(masker.maskBody('openai-chat', chat).text).toBe(chat);
  });
});
