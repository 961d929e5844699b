import { createOpenAI } from '@ai-sdk/openai';
import { OpenAIEmbeddings } from '@langchain/openai';
import { embedMany } from 'ai';
import OpenAI from 'openai';
import type { Access } from './client';

/** One way in which applications ask for embeddings. */
export interface EmbeddingClient {
  readonly name: string;
  /** What reaches the upstream as `input` for {@link embed}. */
  readonly input: unknown;
  /** The encoding that it asks for; undefined leaves it to the server. */
  readonly encoding: 'float' | 'base64' | undefined;
  /** Vectors of the words `two` and `texts`. */
  embed(access: Access, model: string): Promise<number[][]>;
}

const TEXTS = ['two', 'texts'];
/** The same as token ids, which is how LangChain for Python sends them. */
const TOKENS = [[20375], [87, 2915]];

const openai = ({ url, key, fetch }: Access): OpenAI =>
  new OpenAI({ baseURL: `${url}/v1`, apiKey: key, fetch, maxRetries: 0 });

const vectors = ({ data }: OpenAI.CreateEmbeddingResponse): number[][] => data.map(({ embedding }) => embedding);

export const EMBEDDING_CLIENTS: readonly EmbeddingClient[] = [
  {
    name: 'openai, as it does by itself',
    input: TEXTS,
    encoding: 'base64',
    embed: async (access, model) => vectors(await openai(access).embeddings.create({ model, input: TEXTS })),
  },
  {
    name: 'openai, floats',
    input: TEXTS,
    encoding: 'float',
    embed: async (access, model) =>
      vectors(await openai(access).embeddings.create({ model, input: TEXTS, encoding_format: 'float' })),
  },
  {
    name: 'openai, token ids',
    input: TOKENS,
    encoding: 'base64',
    embed: async (access, model) => vectors(await openai(access).embeddings.create({ model, input: TOKENS })),
  },
  {
    name: 'ai, @ai-sdk/openai',
    input: TEXTS,
    encoding: 'float',
    async embed({ url, key, fetch }, id) {
      const model = createOpenAI({ baseURL: `${url}/v1`, apiKey: key, fetch }).embedding(id);
      return (await embedMany({ model, values: TEXTS, maxRetries: 0 })).embeddings;
    },
  },
  {
    name: '@langchain/openai',
    input: TEXTS,
    encoding: 'base64',
    embed: ({ url, key, fetch }, model) =>
      new OpenAIEmbeddings({
        model,
        apiKey: key,
        maxRetries: 0,
        configuration: { baseURL: `${url}/v1`, fetch },
      }).embedDocuments(TEXTS),
  },
  {
    name: '@langchain/openai, floats',
    input: TEXTS,
    encoding: 'float',
    embed: ({ url, key, fetch }, model) =>
      new OpenAIEmbeddings({
        model,
        apiKey: key,
        maxRetries: 0,
        encodingFormat: 'float',
        configuration: { baseURL: `${url}/v1`, fetch },
      }).embedDocuments(TEXTS),
  },
];
