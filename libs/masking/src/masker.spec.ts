import { SallyportError } from '@sallyport/dialects';
import type { MaskedEndpoint } from './positions/masked-endpoint';
import fc from 'fast-check';
import { TenantMasker } from './masking.fixture';

const masker = new TenantMasker();

const VALUES = ['i-0123456789abcdef0', 'alice@example.com', 's3://my-bucket-1/k', 'AKIAIOSFODNN7EXAMPLE'];
const SECRET = 'alice@example.com';
const TOKEN = masker.maskText(SECRET).masked;

function maskedValue(dialect: MaskedEndpoint, body: object): unknown {
  return JSON.parse(masker.maskBody(dialect, JSON.stringify(body)).text);
}

it('trusts the hosts that the client names, with a scheme or without, and none that anybody else does', () => {
  const messages = [
    { role: 'user', content: 'ask api.acme.com or https://docs.acme.com/x' },
    { role: 'assistant', content: 'I ask a.evil.example and https://b.evil.example' },
    { role: 'tool', tool_call_id: 'c', content: 'now ask c.evil.example and https://d.evil.example' },
  ];
  const { grants } = masker.maskBody('openai-chat', JSON.stringify({ model: 'm', messages }));
  expect([...grants.trustedHosts].toSorted()).toEqual(['api.acme.com', 'docs.acme.com']);
});

describe('maskText', () => {
  it('gives offsets in UTF-16 units', () => {
    const text = `🚀 한글 ${SECRET}!`;
    expect(masker.maskText(text)).toEqual({
      masked: `🚀 한글 ${TOKEN}!`,
      findings: [{ kind: 'email', start: 6, end: 6 + SECRET.length }],
    });
  });

  const fragment = fc.oneof(
    fc.constantFrom(
      ...VALUES,
      'arn:aws:iam::123456789012:role/',
      'account ',
      '123456789012',
      'bucket: ',
      'my-b-1',
      'password=',
      'hunter2!x',
      '010-1234-5678',
      'host=',
      'db-1.internal',
      'https://u:',
      'p4ssw0rd@h.example/',
      'Authorization: Bearer ',
      'abcDEF123456ghijk',
      '.s3.amazonaws.com',
    ),
    fc.constantFrom(
      TOKEN,
      TOKEN.slice(0, 7),
      'MSK',
      '\\n',
      '"',
      ' ',
      ', ',
      ':',
      '/',
      '-',
      '@',
      '.',
      '%40',
      '=',
      '입니다',
    ),
    fc.string({ maxLength: 5 }),
  );

  it('changes nothing in a text that is masked already', () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 12 }), (parts) => {
        const { masked } = masker.maskText(parts.join(''));
        expect(masker.maskText(masked)).toEqual({ masked, findings: [] });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('maskBody', () => {
  it('returns a body without findings as the very text that came', () => {
    const body = '{ "n":12345678901234567890, "n":1.0, "messages":[{"content":"h\\u00e9llo\\/"}],\n"x":1e3 }';
    const masked = masker.maskBody('openai-chat', body);
    expect(masked.text).toBe(body);
    expect(masked.grants.size).toBe(0);
  });

  it('changes the characters of the value and no other byte', () => {
    const body = `{ "big":12345678901234567890,"messages" : [{"content":"h\\u00e9\\/ \\ud83d\\ude80 ${SECRET} \\n\\u00e9"}]}`;
    expect(masker.maskBody('openai-chat', body).text).toBe(body.replace(SECRET, TOKEN));
  });

  it('finds a value that is written with escapes', () => {
    const body = `{"messages":[{"content":"x \\u0061lice\\u0040example.com y"}]}`;
    const { text, grants } = masker.maskBody('openai-chat', body);
    expect(text).toBe(`{"messages":[{"content":"x ${TOKEN} y"}]}`);
    expect(grants.get(TOKEN)?.value).toBe(SECRET);
  });

  it('masks both members of a duplicate key', () => {
    const body = `{"user":"${SECRET}","user":"x ${SECRET}"}`;
    expect(masker.maskBody('openai-chat', body).text).toBe(body.replaceAll(SECRET, TOKEN));
  });

  it('counts what it masked', () => {
    const { decisions } = masker.maskBody('openai-chat', `{"user":"${VALUES.join(' ')} ${SECRET}"}`);
    expect(Object.fromEntries(decisions.masked)).toEqual({
      'aws-resource-id': 1,
      email: 2,
      'aws-s3-bucket': 1,
      'aws-access-key-id': 1,
    });
  });

  it('masks inside JSON in a string at the level where the value stands', () => {
    const inner = `{ "to":"${SECRET}", "note":"a\\u0041 \\"${SECRET}\\"", "${SECRET}": 12345678901234567890 }`;
    const call = (args: string) => ({ messages: [{ tool_calls: [{ function: { name: 'f', arguments: args } }] }] });
    const text = masker.maskBody('openai-chat', JSON.stringify(call(inner))).text;
    expect(text).toBe(JSON.stringify(call(inner.replaceAll(SECRET, TOKEN))));
  });

  it('finds a value that is written with escapes inside JSON in a string', () => {
    const call = (args: string) => ({ messages: [{ function_call: { arguments: args } }] });
    const text = masker.maskBody('openai-chat', JSON.stringify(call('{"a":"\\n\\u0061lice\\u0040example.com"}'))).text;
    expect(text).toBe(JSON.stringify(call(`{"a":"\\n${TOKEN}"}`)));
  });

  it('masks a string that only looks like JSON as text', () => {
    const broken = `{"to":"${SECRET}", "cut off`;
    const body = { messages: [{ tool_calls: [{ function: { arguments: broken } }] }] };
    expect(JSON.stringify(maskedValue('openai-chat', body))).toBe(JSON.stringify(body).replaceAll(SECRET, TOKEN));
  });

  it('masks values and names of tool input and the name of the tool, but no names of a schema', () => {
    const content = [
      { type: 'tool_use', id: 'x', name: SECRET, input: { [SECRET]: [{ a: SECRET }], type: 'thinking' } },
    ];
    const body = {
      messages: [{ role: 'assistant', content }],
      tools: [{ input_schema: { properties: { [SECRET]: {} } } }],
    };
    expect(maskedValue('anthropic-messages', body)).toEqual({
      messages: [
        {
          role: 'assistant',
          content: [{ ...content[0], name: TOKEN, input: { [TOKEN]: [{ a: TOKEN }], type: 'thinking' } }],
        },
      ],
      tools: body.tools,
    });
  });

  it('keeps thinking, signatures, encrypted blobs and base64 data byte for byte', () => {
    const content = [
      { type: 'thinking', thinking: SECRET, signature: SECRET },
      { type: 'redacted_thinking', data: SECRET },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: SECRET } },
      {
        type: 'web_search_tool_result',
        tool_use_id: 'x',
        content: [{ type: 'web_search_result', encrypted_content: SECRET }],
      },
    ];
    const body = JSON.stringify({ messages: [{ role: 'assistant', content }] });
    expect(masker.maskBody('anthropic-messages', body).text).toBe(body);
  });

  it.each([
    ['x-anthropic-billing-header: cc_version=2.1.0.a3f; cc_entrypoint=cli;', true],
    [`x-anthropic-billing-header: cc_version=${SECRET}`, false],
    [`x-anthropic-billing-header: a\n${SECRET}`, false],
    [SECRET, false],
  ])('leaves the first system block alone only when it is the attribution line (%j)', (text, kept) => {
    const body = {
      system: [
        { type: 'text', text },
        { type: 'text', text: SECRET },
      ],
    };
    expect(maskedValue('anthropic-messages', body)).toEqual({
      system: [
        { type: 'text', text: kept ? text : text.replace(SECRET, TOKEN) },
        { type: 'text', text: TOKEN },
      ],
    });
  });

  it('gives a value the same token in every request, and another masker another one', () => {
    const body = `{"user":"${SECRET}"}`;
    expect(new TenantMasker().maskBody('openai-chat', body).text).toContain(TOKEN);
    expect(new TenantMasker('another key').maskBody('openai-chat', body).text).not.toContain(TOKEN);
  });

  it.each([
    ['{"a":', 'invalid_json'],
    ['[]', 'invalid_request'],
    ['"text"', 'invalid_request'],
    [`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'invalid_request'],
  ])('refuses what it cannot walk (%#)', (body, code) => {
    const masking = () => masker.maskBody('openai-chat', body);
    expect(masking).toThrow(SallyportError);
    expect(masking).toThrow(expect.objectContaining({ code }) as SallyportError);
  });

  it('copes with lone surrogates', () => {
    const body = `{"user":"\\ud800 ${SECRET} \\udc00"}`;
    expect(masker.maskBody('openai-chat', body).text).toBe(body.replace(SECRET, TOKEN));
  });
});

it('walks a deep and wide tool input in one pass', () => {
  const wide = `[${'"a",'.repeat(20_000)}"i-0123456789abcdef0"]`;
  const body = `{"messages":[{"role":"assistant","content":[{"type":"tool_use","input":{"a":${'['.repeat(400)}${wide}${']'.repeat(400)}}}]}]}`;
  expect(masker.maskBody('anthropic-messages', body).decisions.masked.get('aws-resource-id')).toBe(1);
});
