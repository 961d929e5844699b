import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { formed } from './reply-form';

const EVENTS = 'data: {"choices":[]}\n\n';

async function formOf(text: string, type: string | undefined, cut = 1): Promise<string> {
  const chunks = Array.from({ length: Math.ceil(text.length / cut) }, (_, at) =>
    Buffer.from(text.slice(at * cut, (at + 1) * cut)),
  );
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  const reply = await formed({ status: 200, headers, body: Readable.from(chunks) });
  expect((await buffer(reply.body)).toString()).toBe(text);
  return reply.form;
}

describe(formed.name, () => {
  it.each([
    ['text/event-stream', EVENTS],
    ['Text/Event-Stream; charset=utf-8', '{"error":1}'],
    [undefined, EVENTS],
    ['application/json', `event: x\n${EVENTS}`],
    ['text/plain', `: comment\n\n${EVENTS}`],
    ['application/octet-stream', `\uFEFFid: 1\n${EVENTS}`],
    ['application/x-ndjson', `\n${EVENTS}`],
  ])('takes %s that begins with an event for a stream, however it is cut', async (type, text) => {
    for (const cut of [1, 3, 1000]) expect(await formOf(text, type, cut)).toBe('stream');
  });

  it.each([
    ['application/json', '{"a":1}'],
    ['application/problem+json', ''],
    ['application/octet-stream', ' [1]'],
    [undefined, 'oops'],
    ['text/html', '<p>data: 1</p>'],
  ])('takes %s as a text', async (type, text) => {
    expect(await formOf(text, type)).toBe('text');
  });

  it.each([
    ['audio/mpeg', 'data: '],
    ['application/octet-stream', 'ID3 and so on'],
  ])('leaves %s alone', async (type, text) => {
    expect(await formOf(text, type)).toBe('same-bytes');
  });

  it('closes a reply that is not read to its end', async () => {
    const body = Readable.from([Buffer.alloc(20, ' '), Buffer.from('x'), Buffer.from('y')]);
    for await (const _chunk of (await formed({ status: 200, headers: {}, body })).body) break;
    expect(body.destroyed).toBe(true);
  });
});
