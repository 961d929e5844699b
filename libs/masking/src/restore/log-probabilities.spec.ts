import { createReplyRestorer } from './reply-restorer';
import { emptyGrants, optionsFor } from './restore.fixture';
import { dataOf, frame, restoreStream } from './streams.fixture';

const grants = emptyGrants();
const MAIL = grants.tokenFor('email', 'alice@example.com');
const options = optionsFor(grants);
const untouched = optionsFor(emptyGrants());
const LOGPROBS = {
  content: [{ token: MAIL.slice(0, 3), logprob: -0.5, bytes: null, top_logprobs: [] }],
  refusal: null,
};
const LIST = LOGPROBS.content;

describe('log probabilities', () => {
  const chat = { choices: [{ index: 0, message: { content: 'a' }, logprobs: LOGPROBS, finish_reason: 'stop' }] };
  const completion = {
    choices: [
      { index: 0, text: 'a', logprobs: { tokens: ['a'] } },
      { index: 1, text: MAIL, logprobs: null },
    ],
  };
  const part = { type: 'output_text', text: 'a', annotations: [], logprobs: LIST };
  const response = { id: 'resp_1', output: [{ type: 'message', content: [part, { ...part, logprobs: [] }] }] };

  it('go from whole replies when anything was masked, and nothing else does', () => {
    const restore = (endpoint: 'openai-chat' | 'openai-completions' | 'openai-responses', body: object): unknown =>
      JSON.parse(createReplyRestorer(endpoint, options).body(JSON.stringify(body)));
    expect(restore('openai-chat', chat)).toEqual({ choices: [{ ...chat.choices[0], logprobs: null }] });
    expect(restore('openai-completions', completion)).toEqual({
      choices: [
        { index: 0, text: 'a', logprobs: null },
        { index: 1, text: 'alice@example.com', logprobs: null },
      ],
    });
    const cleared = { ...part, logprobs: [] };
    expect(restore('openai-responses', response)).toEqual({
      ...response,
      output: [{ type: 'message', content: [cleared, cleared] }],
    });
  });

  it('go as well when a value was masked for good', () => {
    const oneWay = emptyGrants();
    oneWay.tokenFor('email', 'alice@example.com', false);
    expect(createReplyRestorer('openai-chat', optionsFor(oneWay)).body(JSON.stringify(chat))).toContain(
      '"logprobs":null',
    );
  });

  it('stay when nothing was masked', () => {
    for (const body of [chat, completion, response]) {
      const text = JSON.stringify(body);
      expect(createReplyRestorer('openai-chat', untouched).body(text)).toBe(text);
      expect(createReplyRestorer('openai-responses', untouched).body(text)).toBe(text);
    }
  });

  it('go from the chunks of chats and completions', () => {
    const chunks = [
      { choices: [{ index: 0, delta: { content: 'a' }, logprobs: LOGPROBS, finish_reason: null }] },
      { choices: [{ index: 0, delta: { content: 'b' }, logprobs: null, finish_reason: null }] },
    ];
    const stream = chunks.map((chunk) => frame(chunk)).join('');
    expect(dataOf(restoreStream('openai-chat', options, stream).bytes)).toEqual(
      chunks.map(({ choices }) => ({ choices: [{ ...choices[0], logprobs: null }] })),
    );
    expect(restoreStream('openai-chat', untouched, stream).bytes.toString()).toBe(stream);
    const text = frame({ choices: [{ index: 0, text: 'a', logprobs: { tokens: ['a'] }, finish_reason: null }] });
    expect(restoreStream('openai-completions', options, text).bytes.toString()).toBe(
      text.replace('{"tokens":["a"]}', 'null'),
    );
  });

  it('go from all events of the Responses API', () => {
    const at = { output_index: 0, content_index: 0 };
    const item = response.output[0];
    const events = [
      { type: 'response.output_text.delta', ...at, delta: MAIL.slice(0, 5), logprobs: LIST },
      { type: 'response.output_text.done', ...at, text: 'a', logprobs: LIST },
      { type: 'response.content_part.done', ...at, part },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response },
    ];
    const { bytes } = restoreStream('openai-responses', options, events.map((event) => frame(event)).join(''));
    expect(dataOf(bytes)).toHaveLength(events.length + 1);
    expect(bytes.toString().match(/"logprobs":\[\]/g)).toHaveLength(8);
    expect(bytes.toString()).not.toContain('"logprob"');
  });
});
