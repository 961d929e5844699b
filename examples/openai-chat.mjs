// OpenAI SDK, chat completions: a stream with its usage, an answer of a given shape, embeddings.
import OpenAI from 'openai';

const { SALLYPORT_URL = 'http://127.0.0.1:4000', SALLYPORT_KEY = 'dev-key', SALLYPORT_MODEL = 'mock' } = process.env;
const openai = new OpenAI({ baseURL: `${SALLYPORT_URL}/v1`, apiKey: SALLYPORT_KEY });

const stream = openai.chat.completions.stream({
  model: SALLYPORT_MODEL,
  messages: [
    { role: 'system', content: 'Answer in one sentence.' },
    { role: 'user', content: 'What is a sally port?' },
  ],
  stream_options: { include_usage: true },
});
stream.on('content', (delta) => process.stdout.write(delta));
const { usage } = await stream.finalChatCompletion();
console.log(`\n${usage.total_tokens} tokens`);

const city = await openai.chat.completions.create({
  model: SALLYPORT_MODEL,
  messages: [{ role: 'user', content: 'Name a city and the year of its founding.' }],
  response_format: {
    type: 'json_schema',
    json_schema: {
      name: 'city',
      strict: true,
      schema: {
        type: 'object',
        properties: { name: { type: 'string' }, founded: { type: 'integer' } },
        required: ['name', 'founded'],
        additionalProperties: false,
      },
    },
  },
});
console.log(JSON.parse(city.choices[0].message.content));

const { data } = await openai.embeddings.create({ model: SALLYPORT_MODEL, input: ['a gate', 'a door'] });
console.log(`${data.length} vectors of ${data[0].embedding.length} numbers`);
