import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { endSpan, startClientSpan, startServerSpan, startTracing, traceHeaders, traceIdOf } from './tracing';

const TRACE = 'ab'.repeat(16);
const traceparent = `00-${TRACE}-${'cd'.repeat(8)}-01`;

describe(startTracing.name, () => {
  const received: { url: string; body: string }[] = [];
  let collector: Server;
  beforeAll(async () => {
    collector = createServer((request, response) => {
      void buffer(request).then((body) => {
        received.push({ url: request.url ?? '', body: body.toString('latin1') });
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => collector.close());

  it('costs nothing and traces nothing without an exporter', async () => {
    const stop = await startTracing('test');
    const span = startServerSpan('GET /', { traceparent });
    expect([traceIdOf(span), traceHeaders(span)]).toEqual([undefined, {}]);
    await stop();
  });

  it('sends spans to the configured collector, inside the caller’s trace', async () => {
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    try {
      const stop = await startTracing('sallyport-test');
      const server = startServerSpan('POST /v1/messages', { traceparent });
      expect(traceIdOf(server)).toBe(TRACE);
      const client = startClientSpan('chat mock', server, { 'gen_ai.request.model': 'mock' });
      expect(traceHeaders(client)['traceparent']).toMatch(new RegExp(`^00-${TRACE}-`));
      endSpan(client, {}, 'upstream_failed');
      endSpan(server, { 'http.route': '/v1/messages' });
      await stop();
    } finally {
      delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
    }
    expect(received.map(({ url }) => url)).toContain('/v1/traces');
    const sent = received.map(({ body }) => body).join('');
    for (const part of ['sallyport-test', 'chat mock', 'upstream_failed']) expect(sent).toContain(part);
  });
});
