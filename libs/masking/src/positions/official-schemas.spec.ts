import { POSITIONS } from './endpoint-positions';
import type { MaskedEndpoint } from './masked-endpoint';
import { OfficialSchemas, type OfficialTypes } from './official-types.fixture';

const MESSAGES = '@anthropic-ai/sdk/resources/messages';
const BETA_MESSAGES = '@anthropic-ai/sdk/resources/beta/messages';
const CHAT = 'openai/resources/chat/completions';
const RESPONSES = 'openai/resources/responses/responses';
const INPUT_ITEMS = 'openai/resources/responses/input-items';
const INPUT_TOKENS = 'openai/resources/responses/input-tokens';
const BETA_RESPONSES = 'openai/resources/beta/responses/responses';
const COMPLETIONS = 'openai/resources/completions';
const EMBEDDINGS = 'openai/resources/embeddings';

type Case = readonly [endpoint: MaskedEndpoint, module: string, name: string];

const REQUESTS: readonly Case[] = [
  ['anthropic-messages', MESSAGES, 'MessageCreateParams'],
  ['anthropic-messages', BETA_MESSAGES, 'MessageCreateParams'],
  ['anthropic-count-tokens', MESSAGES, 'MessageCountTokensParams'],
  ['anthropic-count-tokens', BETA_MESSAGES, 'MessageCountTokensParams'],
  ['openai-chat', CHAT, 'ChatCompletionCreateParams'],
  ['openai-responses', RESPONSES, 'ResponseCreateParams'],
  ['openai-responses', BETA_RESPONSES, 'ResponseCreateParams'],
  ['openai-responses', RESPONSES, 'ResponseCompactParams'],
  ['openai-responses', INPUT_TOKENS, 'InputTokenCountParams'],
  ['openai-completions', COMPLETIONS, 'CompletionCreateParams'],
  ['openai-embeddings', EMBEDDINGS, 'EmbeddingCreateParams'],
];

const REPLIES: readonly Case[] = [
  ['anthropic-messages', MESSAGES, 'Message'],
  ['anthropic-messages', BETA_MESSAGES, 'BetaMessage'],
  ['anthropic-count-tokens', BETA_MESSAGES, 'BetaMessageTokensCount'],
  ['openai-chat', CHAT, 'ChatCompletion'],
  ['openai-responses', RESPONSES, 'Response'],
  ['openai-responses', BETA_RESPONSES, 'BetaResponse'],
  ['openai-responses', RESPONSES, 'CompactedResponse'],
  ['openai-responses', INPUT_ITEMS, 'ResponseItemList'],
  ['openai-responses', INPUT_TOKENS, 'InputTokenCountResponse'],
  ['openai-completions', COMPLETIONS, 'Completion'],
  ['openai-embeddings', EMBEDDINGS, 'CreateEmbeddingResponse'],
];

function typesOf(cases: readonly Case[]): OfficialTypes {
  const types: Record<string, string[]> = {};
  for (const [, module, name] of cases) (types[module] ??= []).push(name);
  return types;
}

/** Fails when an update of an SDK adds a field or a type of object that no table names. */
describe('the official schemas', () => {
  let schemas: OfficialSchemas;
  beforeAll(() => {
    schemas = new OfficialSchemas(typesOf([...REQUESTS, ...REPLIES]));
  }, 120_000);

  it.each(REQUESTS)('have every field of a request to %s named (%s %s)', (endpoint, module, name) => {
    expect(schemas.unnamedBy(POSITIONS[endpoint].request, module, name)).toEqual([]);
  });

  it.each(REPLIES)('have every text of a reply of %s named (%s %s)', (endpoint, module, name) => {
    expect(schemas.unnamedBy(POSITIONS[endpoint].reply, module, name, true)).toEqual([]);
  });

  it('are read deeply enough to miss a field, a role and a type of block', () => {
    const { root, shapes } = POSITIONS['anthropic-messages'].request;
    const { message, textSource, ...others } = shapes;
    expect(message).toBeDefined();
    expect(textSource).toBeDefined();
    const poorer = {
      root,
      shapes: {
        ...others,
        message: { by: 'role', types: { user: '@userMessage' }, rest: 'data' },
        textSource: { fields: { type: 'word' }, rest: 'data' },
      },
    } as const;
    const unnamed = schemas.unnamedBy(poorer, BETA_MESSAGES, 'MessageCreateParams').join('\n');
    expect(unnamed).toContain('.messages[] with role assistant');
    expect(unnamed).toMatch(/source<text>\.data$/m);
    expect(unnamed).toMatch(/source<content>\.content$/m);
  });
});
