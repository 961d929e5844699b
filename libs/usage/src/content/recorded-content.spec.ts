import { outcomeWith } from '../record/call-outcome.fixture';
import { recordedContent } from './recorded-content';

const POLICY = { content: 'full', maxBase64Length: 64 } as const;
const LONG = 'QUJD'.repeat(500);
const NOTE = '[base64_data truncated: 1.5KB]';
const bodyOf = (content: unknown) => ({ messages: [{ role: 'user', content }] });

function recorded(
  body: Record<string, unknown>,
  response: unknown = null,
  policy = POLICY as typeof POLICY | { content: 'full'; maxBase64Length: number },
) {
  return recordedContent(
    outcomeWith({ body, reply: { id: 'x', usage: undefined, error: undefined, response } }),
    policy,
  );
}

describe('long base64', () => {
  it.each([
    ['a data URI', `data:image/png;base64,${LONG}`, `data:image/png;base64,${NOTE}`],
    [
      'URIs in a text',
      `a data:a/b;x=1;base64,${LONG}) b data:;base64,${LONG} c`,
      `a data:a/b;x=1;base64,${NOTE}) b data:;base64,${NOTE} c`,
    ],
    ['a short URI', 'data:image/png;base64,QUJD', 'data:image/png;base64,QUJD'],
    ['no URI', `see ;base64,${LONG}`, `see ;base64,${LONG}`],
    ['a long word', LONG, LONG],
  ])('is noted where it stands in %s', (_what, text, expected) => {
    expect(recorded(bodyOf(text)).messages).toEqual([{ role: 'user', content: expected }]);
  });

  it.each([
    ['Anthropic', { type: 'image', source: { type: 'base64', media_type: 'image/png', data: LONG } }],
    ['Anthropic’s PDF with line breaks', { type: 'document', source: { type: 'base64', data: `${LONG}\r\n${LONG}` } }],
    ['OpenAI’s audio', { type: 'input_audio', input_audio: { data: LONG, format: 'wav' } }],
    ['OpenAI’s files', { type: 'file', file: { file_data: LONG, filename: 'a.pdf' } }],
    ['OpenAI’s pictures', { b64_json: LONG }],
    ['Gemini', { inline_data: { mime_type: 'image/png', data: LONG } }],
    ['a generated picture', { type: 'image_generation_call', result: LONG }],
  ])('is noted in the blocks of %s', (_what, block) => {
    const text = JSON.stringify(block).replaceAll(/"[QUJD\\rn]{900,}"/g, (blob) =>
      blob.includes('\\r') ? '"[base64_data truncated: 2.9KB]"' : `"${NOTE}"`,
    );
    const noted = JSON.parse(text) as object;
    expect(text).toContain('truncated');
    expect(recorded(bodyOf([block])).messages).toEqual([{ role: 'user', content: [noted] }]);
    expect(recorded({}, { data: [block] }).response).toEqual({ data: [noted] });
    expect(recorded({ prediction: block }).parameters).toEqual({ prediction: noted });
  });

  it('leaves prose under the name of data', () => {
    const source = { type: 'text', media_type: 'text/plain', data: 'Dear Sir, '.repeat(50) };
    expect(recorded(bodyOf([source])).messages).toEqual([{ role: 'user', content: [source] }]);
  });

  it('stays when no limit is set', () => {
    const body = bodyOf(`data:image/png;base64,${LONG}`);
    expect(recorded(body, null, { content: 'full', maxBase64Length: 0 }).messages).toBe(body.messages);
  });

  it('copies nothing that stays as it is', () => {
    const turns = [
      { role: 'user', content: 'Hi' },
      { role: 'user', content: `data:a/b;base64,${LONG}` },
    ];
    const messages = recorded({ messages: turns }).messages as unknown[];
    expect(messages[0]).toBe(turns[0]);
    expect(turns[1]?.content).toContain(LONG);
  });
});

describe('credentials', () => {
  it.each([
    ['headers', { extra_headers: { authorization: 'SECRET', 'x-api-key': ['SECRET'], Cookie: 'SECRET' } }],
    ['keys', { api_key: 'SECRET', 'ocp-apim-subscription-key': 'SECRET', session_token: 'SECRET' }],
    [
      'an MCP server',
      { tools: [{ type: 'mcp', authorization: 'SECRET', headers: { Authorization: 'Bearer SECRET' } }] },
    ],
    ['Anthropic’s MCP servers', { mcp_servers: [{ authorization_token: 'SECRET' }] }],
    ['lists of headers', { tools: [{ headers: [{ name: 'X-Api-Key', value: 'SECRET' }] }] }],
    ['a value', { tools: [{ headers: { 'x-upstream': 'Bearer SECRET-SECRET' } }] }],
    ['an issued key', { tools: [{ note: 'use sk-proj-SECRETSECRETSECRET' }] }],
    ['a query', { tools: [{ server_url: 'https://mcp.example.com/sse?key=SECRET#SECRET' }] }],
    ['a user', { tools: [{ server_url: 'https://me:SECRET@mcp.example.com/sse' }] }],
    ['a path', { tools: [{ server_url: 'https://mcp.example.com/s/0SECRETa1b2c3d4e5f6g7h8/mcp' }] }],
  ])('are hidden in %s', (_what, body) => {
    expect(JSON.stringify(recorded(body).parameters)).not.toContain('SECRET');
    expect(JSON.stringify(recorded({}, { object: 'response', output: [], ...body }).response)).not.toContain('SECRET');
  });

  it('are not seen in what is none', () => {
    const body = {
      max_tokens: 99,
      prompt_cache_key: 'kept',
      tools: [
        {
          type: 'mcp',
          server_url: 'https://mcp.example.com/my-company-server-2/sse',
          description: 'The basic information of asia-northeast1-docker.pkg.dev',
          headers: { 'x-trace': 'kept' },
          parameters: { properties: { token: { type: 'string', description: 'kept' } } },
        },
      ],
    };
    expect(recorded(body).parameters).toEqual(body);
  });
});

describe('without content', () => {
  const none = (body: Record<string, unknown>, response: unknown) =>
    recordedContent(outcomeWith({ body, reply: { id: 'x', usage: undefined, error: undefined, response } }), {
      content: 'none',
      maxBase64Length: 64,
    });

  it('leaves one message in LiteLLM’s form', () => {
    expect(none(bodyOf('Hi'), null)).toMatchObject({
      messages: [{ role: 'user', content: 'redacted-by-litellm' }],
      response: null,
    });
    expect(none({}, null).messages).toBeNull();
  });

  it.each([
    [
      'a chat',
      {
        choices: [
          {
            index: 1,
            finish_reason: 'tool_calls',
            logprobs: {},
            message: { content: 'a', reasoning_content: 'b', tool_calls: [{}] },
          },
        ],
        usage: { total_tokens: 3, provider: 'x' },
      },
      {
        choices: [
          {
            index: 1,
            finish_reason: 'tool_calls',
            message: {
              role: 'assistant',
              content: 'redacted-by-litellm',
              reasoning_content: 'redacted-by-litellm',
              tool_calls: [
                { type: 'function', function: { name: 'redacted-by-litellm', arguments: 'redacted-by-litellm' } },
              ],
            },
          },
        ],
        usage: { total_tokens: 3 },
      },
    ],
    [
      'a completion',
      { object: 'text_completion', choices: [{ text: 'a' }] },
      { object: 'text_completion', choices: [{ index: 0, finish_reason: null, text: 'redacted-by-litellm' }] },
    ],
    [
      'a response',
      {
        status: 'completed',
        instructions: 'a',
        output: [{ type: 'reasoning' }, { type: 'function_call' }, { type: 'message' }],
      },
      {
        object: 'response',
        status: 'completed',
        output: [
          { type: 'reasoning', summary: [{ type: 'summary_text', text: 'redacted-by-litellm' }] },
          { type: 'function_call', name: 'redacted-by-litellm', arguments: 'redacted-by-litellm' },
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'redacted-by-litellm' }] },
        ],
      },
    ],
    ['a message', { type: 'message', content: [{ type: 'text', text: 'a' }] }, { text: 'redacted-by-litellm' }],
    ['a text', 'a', 'redacted-by-litellm'],
  ])('leaves the shape of %s', (_what, response, expected) => {
    expect(none({}, response).response).toEqual(expected);
  });

  it('keeps the parameters that quote nobody', () => {
    const kept = {
      temperature: 0.2,
      stream: true,
      max_tokens: 5,
      reasoning_effort: 'high',
      tool_choice: 'auto',
      size: '1024x1024',
      thinking: { type: 'enabled', budget_tokens: 1024 },
      stream_options: { include_usage: true },
    };
    const dropped = {
      tools: [{ name: 'a' }],
      response_format: { type: 'json_schema', json_schema: {} },
      stop: ['a'],
      prediction: { content: 'a' },
      logit_bias: { 50256: -100 },
      verbosity: 'a',
      seventeen: 17,
    };
    expect(none({ ...kept, ...dropped }, null)).toMatchObject({ parameters: kept, tools: null });
    expect(Object.keys(none({ ...kept, ...dropped }, null).parameters).sort()).toEqual(Object.keys(kept).sort());
    expect(none({ tool_choice: { type: 'function', function: { name: 'a' } } }, null).parameters).toEqual({});
  });
});
