import type { HttpReply } from '../http/http.port';
import { jsonOf } from '../provider-call.fixture';
import { ScriptedBedrock } from './bedrock.fixture';
import { ScriptedCohere } from './cohere.fixture';
import { ScriptedVertex } from './vertex.fixture';

let cohere: ScriptedCohere;

beforeEach(() => {
  cohere = new ScriptedCohere();
});

describe('embeddings of Cohere', () => {
  const embed = (body: object): Promise<HttpReply> =>
    cohere
      .provider()
      .call(cohere.callOf({ messages: undefined, ...body }, { endpoint: 'openai-embeddings', model: 'embed-v4.0' }));

  it('asks in as many calls as it takes', async () => {
    cohere.http.script(({ body }) => {
      const { texts } = JSON.parse(Buffer.from(body ?? []).toString('utf8')) as { texts: string[] };
      const float = texts.map((item) => [Number(item), 0.5]);
      return { json: { embeddings: { float }, meta: { billed_units: { input_tokens: texts.length } } } };
    });
    const input = Array.from({ length: 100 }, (_, index) => String(index));
    const reply = await embed({ input, dimensions: 256, input_type: 'search_document', model: 'embed-v4.0' });
    expect(cohere.http.requests.map(({ url }) => url)).toEqual(Array(2).fill('https://api.cohere.com/v2/embed'));
    expect(cohere.sent()).toMatchObject({ model: 'embed-v4.0', output_dimension: 256, input_type: 'search_document' });
    const body = (await jsonOf(reply)) as { data: unknown[] };
    expect(body).toMatchObject({
      object: 'list',
      model: 'embed-v4.0',
      usage: { prompt_tokens: 100, total_tokens: 100 },
    });
    expect(body.data).toHaveLength(100);
    expect(body.data[99]).toEqual({ object: 'embedding', index: 99, embedding: [99, 0.5] });
  });

  it.each([
    [{ input: [1, 2] }, 'dialect_unsupported'],
    [{ input: [[1], [2]] }, 'dialect_unsupported'],
    [{ input: [] }, 'invalid_request'],
    [{}, 'invalid_request'],
    [{ input: 'x', dimensions: 3 }, 'dialect_unsupported'],
  ])('refuses %j', async (body, code) => {
    await expect(embed(body)).rejects.toMatchObject({ code });
    expect(cohere.http.requests).toHaveLength(0);
  });
});

describe('embeddings of Bedrock', () => {
  let bedrock: ScriptedBedrock;

  beforeEach(() => {
    bedrock = new ScriptedBedrock();
  });

  it.each([
    ['amazon.titan-embed-text-v2:0', { dimensions: 256 }, { embedding: [1, 2], inputTextTokenCount: 3 }],
    [
      'amazon.nova-2-multimodal-embeddings-v1:0',
      { singleEmbeddingParams: { embeddingDimension: 256 } },
      { embeddings: [{ embeddingType: 'TEXT', embedding: [1, 2] }], inputTokenCount: 3 },
    ],
  ])('embeds with %s, one text at a time', async (model, expected, reply) => {
    bedrock.http.script(() => ({ json: reply }));
    const answer = await bedrock
      .provider()
      .call(bedrock.callOf({ input: ['a', 'b'], dimensions: 256 }, model, 'openai-embeddings'));
    expect(bedrock.http.requests).toHaveLength(2);
    expect(bedrock.sent()).toMatchObject(expected);
    expect(await jsonOf(answer)).toEqual({
      object: 'list',
      model: 'claude',
      data: [0, 1].map((index) => ({ object: 'embedding', index, embedding: [1, 2] })),
      usage: { prompt_tokens: 6, total_tokens: 6 },
    });
  });

  it('embeds with Cohere’s model, and makes up no count', async () => {
    bedrock.http.script(() => ({ json: { embeddings: { float: [[1], [2]] } } }));
    const call = bedrock.callOf(
      { input: ['a', 'b'], dimensions: 256, input_type: 'clustering' },
      'cohere.embed-v4:0',
      'openai-embeddings',
    );
    expect(await jsonOf(await bedrock.provider().call(call))).not.toHaveProperty('usage');
    expect(bedrock.sent()).toMatchObject({ texts: ['a', 'b'], output_dimension: 256, input_type: 'clustering' });
  });
});

describe('embeddings of Vertex', () => {
  let vertex: ScriptedVertex;

  beforeEach(() => {
    vertex = new ScriptedVertex();
  });

  it('embeds texts', async () => {
    vertex.answer(({ body }) => {
      const { instances } = JSON.parse(Buffer.from(body ?? []).toString('utf8')) as { instances: unknown[] };
      const predictions = instances.map(() => ({ embeddings: { values: [1, 2], statistics: { token_count: 3 } } }));
      return { json: { predictions } };
    });
    const call = vertex.callOf({ input: ['a', 'b'], dimensions: 2 }, 'text-embedding-005', 'openai-embeddings');
    expect(await jsonOf(await vertex.provider().call(call))).toMatchObject({
      data: [{ index: 0, embedding: [1, 2] }, { index: 1 }],
      usage: { prompt_tokens: 6, total_tokens: 6 },
    });
    expect(vertex.sent()).toMatchObject({ parameters: { outputDimensionality: 2 } });
  });
});
