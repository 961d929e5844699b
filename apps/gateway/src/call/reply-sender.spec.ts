import type { GatewaySettings } from '@sallyport/config';
import type { FastifyReply } from 'fastify';
import type { GatewayMetrics } from '../metrics/gateway-metrics';
import type { CallEnd, CallRecorder } from '../recording/call-recorder';
import { CallLife } from './call-life';
import type { ClientCall } from './client-call';
import { ReplySender, type Answer } from './reply-sender';

/** Sends a whole reply whose client left when it had arrived, but was not recorded yet; resolves with its record. */
async function recordedEnd(outlivesClient: boolean): Promise<CallEnd> {
  const ends: CallEnd[] = [];
  const record = (_call: ClientCall, end: CallEnd): Promise<void> => Promise.resolve(void ends.push(end));
  const sender = new ReplySender(
    { maxRetryAfterSeconds: 1 } as GatewaySettings,
    { record } as CallRecorder,
    {} as GatewayMetrics,
  );
  const life = new CallLife();
  const answer = {
    candidate: { deployment: { id: 'd1' } },
    reply: {
      request: { translation: {} },
      reply: { kind: 'whole', status: 200, headers: {}, value: { id: 'r1' }, usage: undefined, body: '{}' },
      outlivesClient,
    },
    conclude: () => Promise.resolve(life.leave()),
  } as unknown as Answer;
  const reply = { header: () => reply, status: () => reply, send: () => reply } as unknown as FastifyReply;
  await sender.send({ endpoint: 'openai-chat', life, logFields: {} } as ClientCall, answer, reply);
  expect(ends).toHaveLength(1);
  return ends[0] as CallEnd;
}

describe(ReplySender.name, () => {
  it('records a whole reply that nobody waited for as left, unless it is read for its own sake', async () => {
    expect(await recordedEnd(false)).toMatchObject({ failure: { kind: 'client_closed' }, reply: { id: 'r1' } });
    expect((await recordedEnd(true)).failure).toBeUndefined();
  });
});
