import { errorStatus } from './clients/error-names';
import { EMBEDDING_CLIENTS } from './clients/embedding-clients';
import { Stage } from './stage';
import { CHAT_UPSTREAM } from './upstreams/chat.upstream';
import { MESSAGES_UPSTREAM } from './upstreams/messages.upstream';
import { RESPONSES_UPSTREAM } from './upstreams/responses.upstream';

/** Values that floats of 32 bits hold exactly. */
const VECTORS = [
  [0.5, -2, 0],
  [1.25, 3, -0.0625],
];

/** Upstreams that heed `encoding_format`, and those that know one encoding only. */
const ENCODERS: Readonly<Record<string, (asked: unknown) => 'float' | 'base64'>> = {
  'heeds the encoding': (asked) => (asked === 'base64' ? 'base64' : 'float'),
  'always sends floats': () => 'float',
  'always sends base64': () => 'base64',
};

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());
beforeEach(() => stage.clear());

describe.each(EMBEDDING_CLIENTS)('$name', ({ input, encoding, embed }) => {
  it.each(Object.entries(ENCODERS))('reads the vectors of an upstream that %s', async (_, encode) => {
    stage.upstream.script(({ body }) => {
      const asked = (JSON.parse(body.toString()) as { encoding_format?: string }).encoding_format;
      return { body: embeddings(encode(asked)) };
    });
    expect(await embed(stage.access, CHAT_UPSTREAM.model)).toEqual(VECTORS);
    const [request, ...others] = stage.upstream.requests;
    expect([request?.path, others]).toEqual(['/v1/embeddings', []]);
    expect(JSON.parse(request?.body.toString() ?? '')).toEqual({ model: 'gpt-4o', input, encoding_format: encoding });
  });

  it.each([RESPONSES_UPSTREAM, MESSAGES_UPSTREAM])('is refused for an upstream of $dialect', async ({ model }) => {
    const error = await embed(stage.access, model).catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({ message: expect.stringContaining('openai-embeddings') as string });
    expect([errorStatus(error as Error), stage.upstream.requests]).toEqual([400, []]);
  });
});

function embeddings(encoding: 'float' | 'base64'): object {
  const data = VECTORS.map((vector, index) => ({
    object: 'embedding',
    index,
    embedding: encoding === 'float' ? vector : Buffer.from(Float32Array.from(vector).buffer).toString('base64'),
  }));
  return { object: 'list', model: 'scripted-model', data, usage: { prompt_tokens: 2, total_tokens: 2 } };
}
