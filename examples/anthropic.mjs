// Anthropic SDK: count a request, stream its answer, have a tool called and send the result back. The base URL is
// without `/v1`.
import Anthropic from '@anthropic-ai/sdk';

const { SALLYPORT_URL = 'http://127.0.0.1:4000', SALLYPORT_KEY = 'dev-key', SALLYPORT_MODEL = 'mock' } = process.env;
const anthropic = new Anthropic({ baseURL: SALLYPORT_URL, apiKey: SALLYPORT_KEY });

const question = {
  model: SALLYPORT_MODEL,
  system: 'Answer in one sentence.',
  messages: [{ role: 'user', content: 'What is a sally port?' }],
};
const { input_tokens } = await anthropic.messages.countTokens(question);
console.log(`${input_tokens} tokens to send`);

const stream = anthropic.messages.stream({ ...question, max_tokens: 256 });
stream.on('text', (delta) => process.stdout.write(delta));
const { usage } = await stream.finalMessage();
console.log(`\n${usage.output_tokens} tokens received`);

const weather = {
  name: 'weather',
  description: 'The weather in a city',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
const messages = [{ role: 'user', content: 'What is the weather in Paris?' }];
const request = { model: SALLYPORT_MODEL, max_tokens: 256, tools: [weather] };
const asked = await anthropic.messages.create({ ...request, messages, tool_choice: { type: 'any' } });
const calls = asked.content.filter(({ type }) => type === 'tool_use');
for (const { name, input } of calls) console.log(`${name}(${JSON.stringify(input)})`);

const results = calls.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: '{"sky":"clear"}' }));
const answered = await anthropic.messages.create({
  ...request,
  messages: [...messages, { role: 'assistant', content: asked.content }, { role: 'user', content: results }],
});
for (const block of answered.content) if (block.type === 'text') console.log(block.text);
