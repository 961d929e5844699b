// LangChain: the same question through both of its providers, an answer of a given shape, embeddings.
import { ChatAnthropic } from '@langchain/anthropic';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';

const { SALLYPORT_URL = 'http://127.0.0.1:4000', SALLYPORT_KEY = 'dev-key', SALLYPORT_MODEL = 'mock' } = process.env;
const openAi = {
  model: SALLYPORT_MODEL,
  apiKey: SALLYPORT_KEY,
  configuration: { baseURL: `${SALLYPORT_URL}/v1` },
};

const models = [
  new ChatOpenAI(openAi),
  new ChatAnthropic({ model: SALLYPORT_MODEL, apiKey: SALLYPORT_KEY, anthropicApiUrl: SALLYPORT_URL, maxTokens: 256 }),
];
for (const model of models) {
  for await (const chunk of await model.stream('What is a sally port?')) process.stdout.write(chunk.text);
  console.log();
}

const city = new ChatOpenAI(openAi).withStructuredOutput(
  {
    type: 'object',
    properties: { name: { type: 'string' }, founded: { type: 'integer' } },
    required: ['name', 'founded'],
    additionalProperties: false,
  },
  { name: 'city', method: 'jsonSchema' },
);
console.log(await city.invoke('Name a city and the year of its founding.'));

const vectors = await new OpenAIEmbeddings(openAi).embedDocuments(['a gate', 'a door']);
console.log(`${vectors.length} vectors of ${vectors[0].length} numbers`);
