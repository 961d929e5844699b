import { countTokensRequestSchema, messagesRequestSchema } from './messages-request.schema';

const request = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] };

describe.each([
  ['messagesRequestSchema', messagesRequestSchema],
  ['countTokensRequestSchema', countTokensRequestSchema],
])('%s', (_, schema) => {
  it.each<[string, object]>([
    ['tools that are known by their name', { tools: [{ name: 'f', input_schema: {} }] }],
    ['tools that have none', { tools: [{ type: 'mcp_toolset', mcp_server_name: 'files' }] }],
    ['blocks that it does not know', { messages: [{ role: 'user', content: [{ type: 'later', deep: [1] }] }] }],
    ['null wherever the API allows it', { system: null, tools: null }],
  ])('accepts %s', (_what, more) => {
    expect(schema.safeParse({ ...request, ...more }).success).toBe(true);
  });

  it.each<[string, object]>([
    ['no messages', { messages: [] }],
    ['a tool whose name is no text', { tools: [{ name: 7 }] }],
    ['a block without a type', { messages: [{ role: 'user', content: [{}] }] }],
  ])('refuses %s', (_what, more) => {
    expect(schema.safeParse({ ...request, ...more }).success).toBe(false);
  });
});
