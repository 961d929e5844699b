import { encodeSseEvent, SseDecoder, SseEventTooLargeError, type SseEvent } from './sse-decoder';

const stream = Buffer.from(
  [
    ': keep-alive comment\n\n',
    'data: {"text":"h\u00e9llo \ud83d\ude80"}\n\n',
    'event: ping\r\ndata: {}\r\n\r\n',
    'event:message_stop\ndata:one\ndata: two\n\n',
    'data: old\r\r',
    'id: 7\ndata\n\n',
    'data: [DONE]\n\n',
  ].join(''),
);

function decode(chunks: Uint8Array[]): SseEvent[] {
  const decoder = new SseDecoder();
  const events = chunks.flatMap((chunk) => decoder.push(chunk));
  const last = decoder.end();
  return last ? [...events, last] : events;
}

const fields = (events: SseEvent[]) => events.map(({ event, data }) => ({ event, data }));

describe(SseDecoder.name, () => {
  const whole = decode([stream]);

  it('reads names, joined data lines and comments', () => {
    expect(fields(whole)).toEqual([
      { event: undefined, data: undefined },
      { event: undefined, data: '{"text":"h\u00e9llo \ud83d\ude80"}' },
      { event: 'ping', data: '{}' },
      { event: 'message_stop', data: 'one\ntwo' },
      { event: undefined, data: 'old' },
      { event: undefined, data: undefined },
      { event: undefined, data: '[DONE]' },
    ]);
  });

  it('gives the same events at every split point and loses no byte', () => {
    for (let at = 0; at <= stream.length; at += 1) {
      const events = decode([stream.subarray(0, at), stream.subarray(at)]);
      expect(fields(events)).toEqual(fields(whole));
      expect(Buffer.concat(events.map((event) => event.raw))).toEqual(stream);
    }
  });

  it('gives the same events byte by byte', () => {
    expect(fields(decode(Array.from(stream, (byte) => Uint8Array.of(byte))))).toEqual(fields(whole));
  });

  it('hands out an event that the stream left unfinished', () => {
    expect(fields(decode([Buffer.from('data: {"a"')]))).toEqual([{ event: undefined, data: '{"a"' }]);
  });

  it('takes carriage returns at the end of the stream, and a byte order mark at its start', () => {
    expect(fields(decode([Buffer.from('\ufeffdata: a\r\rdata: b\r\r')]))).toEqual([
      { event: undefined, data: 'a' },
      { event: undefined, data: 'b' },
    ]);
  });

  it('does not touch the bytes of an event that it has handed out', () => {
    const decoder = new SseDecoder();
    decoder.push(Buffer.from('data: fir'));
    const [first] = decoder.push(Buffer.from('st\n\ndata: sec'));
    decoder.push(Buffer.from('ond, which is longer\n\n'));
    expect(Buffer.from(first?.raw ?? []).toString()).toBe('data: first\n\n');
  });

  it('reads a large event that arrives in tiny pieces before anybody gives up', () => {
    const size = 8 * 1024 * 1024;
    const decoder = new SseDecoder();
    const piece = Buffer.alloc(64, 'a');
    decoder.push(Buffer.from('data: '));
    for (let sent = 0; sent < size; sent += piece.length) decoder.push(piece);
    expect(decoder.push(Buffer.from('\r\n\r\n'))[0]?.data).toHaveLength(size);
  });

  it('refuses an event beyond its limit instead of growing', () => {
    const decoder = new SseDecoder(100);
    expect(() => decoder.push(Buffer.alloc(101, 'a'))).toThrow(SseEventTooLargeError);
  });
});

describe(encodeSseEvent.name, () => {
  it('round-trips through the decoder', () => {
    const events = decode([Buffer.concat([encodeSseEvent('{"a":1}', 'delta'), encodeSseEvent('x\ny')])]);
    expect(fields(events)).toEqual([
      { event: 'delta', data: '{"a":1}' },
      { event: undefined, data: 'x\ny' },
    ]);
  });
});
