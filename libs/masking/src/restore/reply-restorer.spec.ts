import { createReplyRestorer } from './reply-restorer';
import { MAIL, options, run } from './streamed-reply.fixture';
import { dataOf, eventsOf } from './streams.fixture';

describe('any stream', () => {
  it.each([
    ': keep-alive\n\n',
    'event: ping\ndata: {"type": "ping"}\n\n',
    `event: new\r\ndata: {"type":"new","x":"${MAIL}"}\r\n\r\n`,
    `data: not JSON ${MAIL}\n\n`,
    'id: 1\nretry: 5\n\n',
    `data: {"type":"content_block_delta","index":0,"delta":{"type":"future_delta","text":"${MAIL}"}}\n\n`,
    `data: {"unfinished ${MAIL}`,
  ])('passes %j as it came', (event) => {
    expect(run('anthropic-messages', [Buffer.from(event)]).toString()).toBe(event);
  });

  it('restores an event whose blank line is missing, and ends it when more is sent', () => {
    const delta = (text: string): string =>
      `data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"${text}"}}`;
    expect(run('anthropic-messages', [Buffer.from(delta(MAIL))]).toString()).toBe(delta('alice@example.com'));
    const bytes = run('anthropic-messages', [Buffer.from(delta(`${MAIL} MSKM`))]);
    expect(dataOf(bytes).map(({ delta: found }) => (found as { text: string }).text)).toEqual([
      'alice@example.com ',
      'MSKM',
    ]);
  });

  it('restores a body that came in place of a stream', () => {
    const body = (text: string): string => `{"type":"error","error":{"type":"x","message":"${text}"}}`;
    expect(run('anthropic-messages', [Buffer.from(body(MAIL))]).toString()).toBe(body('alice@example.com'));
  });

  it('gives out what it held back when the stream breaks off, but no half of an event', () => {
    const stream = createReplyRestorer('anthropic-messages', options).stream();
    const head = `data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"MSKM"}}\n\n`;
    expect(Buffer.concat(stream.push(Buffer.from(`${head}data: {"ty`))).toString()).not.toContain('MSKM');
    const rest = Buffer.concat(stream.breakOff());
    expect(dataOf(rest)).toEqual([
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'MSKM' } },
    ]);
  });

  it('keeps the other lines of an event that it edits, and its line ends', () => {
    const event = (text: string): string =>
      `id: 7\r\nevent: content_block_delta\r\ndata: {"type":"content_block_delta","index":0,\r\ndata: "delta":{"type":"text_delta","text":"${text}"}}\r\n\r\n`;
    const bytes = run('anthropic-messages', [Buffer.from(event(`${MAIL} h\\u00e9`))]);
    const [edited] = eventsOf(bytes);
    expect(bytes.toString().startsWith('id: 7\r\nevent: content_block_delta\r\ndata: ')).toBe(true);
    expect(JSON.parse(edited?.data ?? '')).toMatchObject({ delta: { text: 'alice@example.com hé' } });
  });
});
