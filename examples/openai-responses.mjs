// OpenAI SDK, Responses API: a stream, then a tool whose result goes back. The client keeps the conversation
// (`store: false`), so it works with every model, not only with those whose provider has the API itself.
import OpenAI from 'openai';

const { SALLYPORT_URL = 'http://127.0.0.1:4000', SALLYPORT_KEY = 'dev-key', SALLYPORT_MODEL = 'mock' } = process.env;
const openai = new OpenAI({ baseURL: `${SALLYPORT_URL}/v1`, apiKey: SALLYPORT_KEY });

const stream = openai.responses.stream({
  model: SALLYPORT_MODEL,
  instructions: 'Answer in one sentence.',
  input: 'What is a sally port?',
  store: false,
});
stream.on('response.output_text.delta', ({ delta }) => process.stdout.write(delta));
const { usage } = await stream.finalResponse();
console.log(`\n${usage.total_tokens} tokens`);

const weather = {
  type: 'function',
  name: 'weather',
  description: 'The weather in a city',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
  strict: true,
};
const input = [{ role: 'user', content: 'What is the weather in Paris?' }];
const request = { model: SALLYPORT_MODEL, tools: [weather], store: false };
const asked = await openai.responses.create({ ...request, input, tool_choice: 'required' });
const calls = asked.output.filter(({ type }) => type === 'function_call');
for (const { name, arguments: text } of calls) console.log(`${name}(${text})`);

const results = calls.map(({ call_id }) => ({ type: 'function_call_output', call_id, output: '{"sky":"clear"}' }));
const answered = await openai.responses.create({ ...request, input: [...input, ...asked.output, ...results] });
console.log(answered.output_text);
