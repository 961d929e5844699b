import type { ReplyContent } from '../reply/assistant-reply';
import type { ReplyEvent } from '../reply/reply-event';
import { responsesReplyWriter } from './responses-reply-writer';
import { ask, call, client, context, stream, text } from './responses-reply-writer.fixture';

it('streams no empty piece', () => {
  const empty: ReplyContent[] = [text(''), { type: 'reasoning', text: 'ab' }, call('c', ''), text('ab')];
  expect(stream(empty)).not.toContain('"delta":""');
});

it('tells the official client of a failure, as its last word', async () => {
  const writer = responsesReplyWriter.openStream(context());
  const error = { status: 429, message: 'slow down', type: 'x', param: null, code: null };
  const events: ReplyEvent[] = [
    { type: 'start', id: '', created: undefined },
    { type: 'text', delta: 'half' },
    { type: 'error', error },
  ];
  const body = events.map((event) => writer.write(event)).join('');
  const fields = { code: 'rate_limit_error', message: 'slow down', param: null };
  const event = { type: 'error', sequence_number: 5, ...fields, error: { type: 'rate_limit_error', ...fields } };
  expect(body.endsWith(`\n\nevent: error\ndata: ${JSON.stringify(event)}\n\n`)).toBe(true);
  const failing = client(body, 'text/event-stream').responses.stream(ask).finalResponse();
  await expect(failing).rejects.toMatchObject({ code: 'rate_limit_error' });
});

it('tells the official client of every piece of text', async () => {
  const seen: string[] = [];
  const helper = client(stream([text('Hello')]), 'text/event-stream').responses.stream(ask);
  helper.on('response.output_text.delta', ({ delta, snapshot }) => seen.push(`${delta}|${snapshot}`));
  await helper.finalResponse();
  expect(seen).toEqual(['He|He', 'llo|Hello']);
});
