import { ScriptedVertex } from './vertex.fixture';

let vertex: ScriptedVertex;

beforeEach(() => {
  vertex = new ScriptedVertex();
});

describe('a request to Vertex', () => {
  it('carries every kind of message and setting', async () => {
    await vertex.ask({
      max_tokens: 9,
      temperature: 0,
      seed: 4,
      frequency_penalty: 0.1,
      tools: [
        {
          type: 'function',
          function: { name: 'weather', parameters: { type: 'object', properties: { a: { type: 'string' } } } },
        },
      ],
      tool_choice: { type: 'function', function: { name: 'weather' } },
      response_format: { type: 'json_object' },
      messages: [
        { role: 'system', content: 'Be kind' },
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'https://example.com/a.jpg' } },
            { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
            { type: 'file', file: { file_data: 'data:application/pdf;base64,JVBERg==' } },
          ],
        },
        {
          role: 'assistant',
          tool_calls: [{ id: 'a', type: 'function', function: { name: 'weather', arguments: '{"a":"b"}' } }],
        },
        { role: 'tool', tool_call_id: 'a', content: 'sun' },
      ],
    });
    expect(vertex.sent()).toMatchObject({
      systemInstruction: { parts: [{ text: 'Be kind' }] },
      generationConfig: {
        maxOutputTokens: 9,
        temperature: 0,
        seed: 4,
        frequencyPenalty: 0.1,
        responseMimeType: 'application/json',
      },
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['weather'] } },
      tools: [{ functionDeclarations: [{ name: 'weather' }] }],
      contents: [
        {
          role: 'user',
          parts: [
            { fileData: { mimeType: 'image/jpeg', fileUri: 'https://example.com/a.jpg' } },
            { inlineData: { mimeType: 'audio/wav', data: 'AAAA' } },
            { inlineData: { mimeType: 'application/pdf', data: 'JVBERg==' } },
          ],
        },
        { role: 'model', parts: [{ functionCall: { name: 'weather', args: { a: 'b' } } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'weather', response: { content: 'sun' } } }] },
      ],
    });
  });

  it('keeps the results of one turn together', async () => {
    const call = (id: string): object => ({ id, type: 'function', function: { name: `f-${id}`, arguments: '' } });
    const result = (id: string): object => ({ role: 'tool', tool_call_id: id, content: id });
    await vertex.ask({
      messages: [{ role: 'assistant', tool_calls: [call('a'), call('b')] }, result('b'), result('a')],
    });
    const part = (id: string): object => ({ functionResponse: { name: `f-${id}`, response: { content: id } } });
    expect(vertex.sent()).toMatchObject({
      contents: [{ role: 'model' }, { role: 'user', parts: [part('b'), part('a')] }],
    });
  });

  it.each([
    ['gemini-2.5-pro', 'low', { thinkingBudget: 1024, includeThoughts: true }],
    ['gemini-2.5-pro', 'none', { thinkingBudget: 128, includeThoughts: false }],
    ['gemini-2.5-flash', 'none', { thinkingBudget: 0, includeThoughts: false }],
    ['gemini-3-pro-preview', 'minimal', { thinkingLevel: 'low', includeThoughts: true }],
    ['gemini-3.1-flash-preview', 'minimal', { thinkingLevel: 'minimal', includeThoughts: true }],
    ['gemini-3-pro-preview', 'max', { thinkingLevel: 'high', includeThoughts: true }],
    ['gemini-2.0-flash', 'high', undefined],
    ['gemini-2.5-pro', 'extreme', undefined],
  ])('asks %s for the effort %s', async (model, reasoning_effort, expected) => {
    await vertex.ask({ reasoning_effort }, model);
    const { generationConfig } = vertex.sent() as { generationConfig: { thinkingConfig?: object } };
    expect(generationConfig.thinkingConfig).toEqual(expected);
  });
});
