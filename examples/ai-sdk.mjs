// Vercel AI SDK: the same question through chat completions, Responses and Messages, an answer of a given shape,
// embeddings. `store: false` makes the Responses provider send its history whole; by itself it sends references to
// what OpenAI keeps, which other providers cannot follow.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { embedMany, generateText, jsonSchema, Output, streamText } from 'ai';

const { SALLYPORT_URL = 'http://127.0.0.1:4000', SALLYPORT_KEY = 'dev-key', SALLYPORT_MODEL = 'mock' } = process.env;
const openai = createOpenAI({ baseURL: `${SALLYPORT_URL}/v1`, apiKey: SALLYPORT_KEY });
const anthropic = createAnthropic({ baseURL: `${SALLYPORT_URL}/v1`, apiKey: SALLYPORT_KEY });

for (const model of [openai.chat(SALLYPORT_MODEL), openai.responses(SALLYPORT_MODEL), anthropic(SALLYPORT_MODEL)]) {
  const { textStream, usage } = streamText({
    model,
    prompt: 'What is a sally port?',
    maxOutputTokens: 256,
    providerOptions: { openai: { store: false } },
  });
  for await (const delta of textStream) process.stdout.write(delta);
  console.log(`\n${(await usage).totalTokens} tokens`);
}

const { output } = await generateText({
  model: openai.chat(SALLYPORT_MODEL),
  prompt: 'Name a city and the year of its founding.',
  output: Output.object({
    schema: jsonSchema({
      type: 'object',
      properties: { name: { type: 'string' }, founded: { type: 'integer' } },
      required: ['name', 'founded'],
      additionalProperties: false,
    }),
  }),
});
console.log(output);

const { embeddings } = await embedMany({ model: openai.embedding(SALLYPORT_MODEL), values: ['a gate', 'a door'] });
console.log(`${embeddings.length} vectors of ${embeddings[0].length} numbers`);
