import { CLAUDE, KEYS, ScriptedBedrock, WEATHER } from './bedrock.fixture';

const CALL = { id: 'a', type: 'function', function: { name: 'weather', arguments: '{}' } };

let bedrock: ScriptedBedrock;

beforeEach(() => {
  bedrock = new ScriptedBedrock();
});

describe('a request to Bedrock', () => {
  it('carries every kind of message, with signed thoughts', async () => {
    await bedrock.provider().call(
      bedrock.callOf({
        max_tokens: 9,
        temperature: 1.5,
        top_p: 0.5,
        stop: ['END'],
        tools: [WEATHER],
        parallel_tool_calls: false,
        messages: [
          { role: 'system', content: 'Be kind' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Look' },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
              { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERg==' } },
            ],
          },
          {
            role: 'assistant',
            content: 'So',
            thinking_blocks: [
              { type: 'thinking', thinking: ' Hm ', signature: 'SIG' },
              { type: 'redacted_thinking', data: 'RED' },
              { type: 'thinking', thinking: 'no proof' },
            ],
            tool_calls: [CALL],
          },
          { role: 'tool', tool_call_id: 'a', content: 'sun' },
          { role: 'user', content: 'And?' },
          { role: 'system', content: 'Later' },
        ],
      }),
    );
    expect(bedrock.sent()).toMatchObject({
      system: [{ text: 'Be kind' }],
      inferenceConfig: { maxTokens: 9, temperature: 1, topP: 0.5, stopSequences: ['END'] },
      additionalModelRequestFields: { tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
      toolConfig: { tools: [{ toolSpec: { name: 'weather' } }] },
      messages: [
        {
          role: 'user',
          content: [
            { text: 'Look' },
            { image: { format: 'png', source: { bytes: 'AAAA' } } },
            { document: { format: 'pdf', name: 'a', source: { bytes: 'JVBERg==' } } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: ' Hm ', signature: 'SIG' } } },
            { reasoningContent: { redactedReasoning: { data: 'RED' } } },
            { text: 'So' },
            { toolUse: { toolUseId: 'a', name: 'weather', input: {} } },
          ],
        },
        {
          role: 'user',
          content: [
            { toolResult: { toolUseId: 'a', content: [{ text: 'sun' }] } },
            { text: 'And?' },
            { text: 'Later' },
          ],
        },
      ],
    });
  });

  it.each([
    [CLAUDE, 'medium', { thinking: { type: 'enabled', budget_tokens: 2048 } }],
    ['anthropic.claude-opus-4-7', 'minimal', { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } }],
    ['anthropic.claude-opus-4-6-v1', 'xhigh', { output_config: { effort: 'high' } }],
    ['openai.gpt-oss-120b-1:0', 'max', { reasoning_effort: 'high' }],
    ['us.amazon.nova-2-lite-v1:0', 'low', { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } }],
    [CLAUDE, 'none', undefined],
    ['meta.llama3-1-8b-instruct-v1:0', 'high', undefined],
  ])('asks %s for the effort %s', async (model, reasoning_effort, expected) => {
    await bedrock.ask({ reasoning_effort }, model);
    const { additionalModelRequestFields: fields } = bedrock.sent() as { additionalModelRequestFields?: object };
    if (expected === undefined) expect(fields).toBeUndefined();
    else expect(fields).toMatchObject(expected);
  });

  it.each([
    ['a tool is forced', { tool_choice: 'required' }],
    [
      'a call came without its thoughts',
      {
        messages: [
          { role: 'user', content: 'x' },
          { role: 'assistant', tool_calls: [CALL] },
          { role: 'tool', tool_call_id: 'a', content: 'y' },
        ],
      },
    ],
  ])('does not let Claude think when %s', async (_, body) => {
    await bedrock.ask({ reasoning_effort: 'high', tools: [WEATHER], ...body });
    expect(bedrock.sent()).not.toHaveProperty('additionalModelRequestFields.thinking');
  });

  it('asks for JSON in words, and for a schema by a forced tool or natively', async () => {
    await bedrock.ask({ response_format: { type: 'json_object' } });
    expect(bedrock.sent()).toMatchObject({ system: [{ text: expect.stringContaining('JSON') as string }] });
    const response_format = { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'object' } } };
    await bedrock.ask({ response_format }, 'meta.llama3-1-8b-instruct-v1:0');
    expect(bedrock.sent()).toMatchObject({
      toolConfig: { tools: [{ toolSpec: { name: 'json' } }], toolChoice: { any: {} } },
    });
  });

  it('tells what the vendor does not know', async () => {
    const reply = await bedrock.ask({ seed: 1, frequency_penalty: 1, presence_penalty: 1, user: 'u' });
    expect(reply.headers['x-sallyport-dropped-params']).toBe('user,frequency_penalty,presence_penalty,seed');
  });

  it.each(['converse/', 'invoke/', ''])('knows a model by its LiteLLM name %s', async (way) => {
    await bedrock.ask({}, `${way}amazon.nova-lite-v1:0`);
    expect(bedrock.http.requests[0]?.url).toMatch(/\/model\/amazon\.nova-lite-v1%3A0\/converse$/);
  });

  const history = [
    { role: 'assistant', tool_calls: [CALL] },
    { role: 'tool', tool_call_id: 'a', content: '' },
  ];

  it.each([
    ['tools', { messages: history }],
    ['tool_choice', { messages: history, tools: [WEATHER], tool_choice: 'none' }],
  ])('does not lose the calls of earlier turns for want of %s', async (param, body) => {
    await expect(bedrock.provider({}, KEYS, true).call(bedrock.callOf(body))).rejects.toMatchObject({
      code: 'dialect_unsupported',
      param,
    });
    expect(bedrock.http.requests).toHaveLength(0);
  });

  it('refuses the address of an image', async () => {
    const content = [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }];
    await expect(bedrock.ask({ messages: [{ role: 'user', content }] })).rejects.toMatchObject({
      code: 'dialect_unsupported',
    });
    expect(bedrock.http.requests).toHaveLength(0);
  });
});
