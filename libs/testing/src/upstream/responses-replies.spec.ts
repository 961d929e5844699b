import OpenAI from 'openai';
import {
  responsesItemReply,
  responsesItemStream,
  responsesReply,
  responsesStream,
  type ScriptedItem,
} from './responses-replies';
import { ScriptedUpstream } from './scripted-upstream';

const items: ScriptedItem[] = [
  { type: 'reasoning', parts: ['h', 'm'], encrypted: 'sealed' },
  { type: 'text', parts: ['Grü', 'ße'] },
  { type: 'refusal', parts: ['no'] },
  { type: 'call', callId: 'call_1', name: 'f', parts: ['{"a":', '1}'] },
  { type: 'custom-call', callId: 'call_2', name: 'g', parts: ['free', ' text'] },
];
const output = [
  { type: 'reasoning', summary: [{ text: 'hm' }], encrypted_content: 'sealed' },
  { type: 'message', content: [{ type: 'output_text', text: 'Grüße' }] },
  { type: 'message', content: [{ type: 'refusal', refusal: 'no' }] },
  { type: 'function_call', call_id: 'call_1', name: 'f', arguments: '{"a":1}' },
  { type: 'custom_tool_call', call_id: 'call_2', name: 'g', input: 'free text' },
];

describe('scripted replies of the Responses API, read by the official client', () => {
  let upstream: ScriptedUpstream;
  let client: OpenAI;
  const ask = { model: 'm', input: 'hi' };

  beforeAll(async () => {
    upstream = await ScriptedUpstream.start();
    client = new OpenAI({ baseURL: `${upstream.url}/v1`, apiKey: 'k', maxRetries: 0 });
  });
  afterAll(() => upstream.close());

  it('are whole', async () => {
    upstream.script(() => ({ body: responsesReply('hello') }));
    expect((await client.responses.create(ask)).output_text).toBe('hello');
    upstream.script(() => ({ body: responsesItemReply(items) }));
    expect(await client.responses.create(ask)).toMatchObject({ status: 'completed', output });
  });

  it('are streams', async () => {
    upstream.script(() => ({ chunks: responsesStream(['hel', 'lo']) }));
    expect((await client.responses.stream(ask).finalResponse()).output_text).toBe('hello');
    upstream.script(() => ({ chunks: responsesItemStream(items) }));
    expect(await client.responses.stream(ask).finalResponse()).toMatchObject({ status: 'completed', output });
    upstream.script(() => ({ chunks: responsesItemStream(items, 'content_filter') }));
    const cut = { status: 'incomplete', incomplete_details: { reason: 'content_filter' }, output };
    expect(await client.responses.stream(ask).finalResponse()).toMatchObject(cut);
  });
});
