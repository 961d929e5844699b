import type { RecordedRequest, ScriptedReply } from '@sallyport/testing';
import { CLIENTS } from './aborts/abort-client';
import { AbortStage, TEXT, UPSTREAMS } from './aborts/abort-stage';

const CELLS = CLIENTS.flatMap((client) => UPSTREAMS.map((upstream) => ({ client, upstream })));

describe('a call that outlives its client', () => {
  let stage: AbortStage;
  beforeAll(async () => {
    stage = await AbortStage.start({ GATEWAY_ON_CLIENT_ABORT: 'drain', GATEWAY_FALLBACKS: 'chat=messages' });
  });
  afterAll(() => stage.close());
  beforeEach(() => stage.gateway.records.splice(0));

  /** Makes a call that the client leaves when the upstream has come to its gate, and opens the gate then. */
  const leaveAtGate = async (
    call: (signal: AbortSignal) => Promise<unknown>,
    reply: (gate: () => Promise<void>) => ScriptedReply | Promise<ScriptedReply>,
  ): Promise<RecordedRequest> => {
    const abort = new AbortController();
    const before = await stage.countOfLeft();
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    let reach = (): void => undefined;
    const reached = new Promise<void>((resolve) => (reach = resolve));
    const asked = stage.script(() =>
      reply(() => {
        reach();
        return opened;
      }),
    );
    const called = call(abort.signal);
    called.catch(() => undefined);
    const request = await asked;
    await reached;
    abort.abort();
    await expect(called).rejects.toThrow();
    await stage.clientsLeft(before + 1);
    open();
    return request;
  };

  describe.each(CELLS)('$client.name through $upstream.name', ({ client, upstream }) => {
    const stream = (signal: AbortSignal): Promise<void> =>
      client.stream(stage.gateway.url, upstream.name, signal, () => undefined);
    const isWhole = async (request: RecordedRequest): Promise<void> => {
      const record = await stage.onlyRecord();
      expect(record).toMatchObject({ status: 'success', prompt_tokens: 7, completion_tokens: 5 });
      expect(record).toMatchObject({ error_information: null, sallyport: { client_left: true } });
      expect(client.textOf(record.response)).toBe(TEXT);
      expect(request.aborted).toBe(false);
    };

    it.each(upstream.events.map((_event, index) => index))('is read to its end from event %i on', async (at) => {
      await isWhole(
        await leaveAtGate(stream, (gate) => ({
          chunks: upstream.events,
          before: (index) => (index === at ? gate() : undefined),
        })),
      );
    });

    it('waits for an upstream that has not answered yet', async () => {
      const reply = async (gate: () => Promise<void>): Promise<ScriptedReply> => {
        await gate();
        return { chunks: upstream.events };
      };
      await isWhole(await leaveAtGate(stream, reply));
    });

    it('reads a whole reply to its end', async () => {
      const half = upstream.whole.length / 2;
      const call = (signal: AbortSignal): Promise<unknown> => client.whole(stage.gateway.url, upstream.name, signal);
      await isWhole(
        await leaveAtGate(call, (gate) => ({
          headers: { 'content-type': 'application/json' },
          chunks: [upstream.whole.slice(0, half), upstream.whole.slice(half)],
          before: (index) => (index === 1 ? gate() : undefined),
        })),
      );
    });

    it('says how it failed when it did', async () => {
      await leaveAtGate(stream, (gate) => ({
        chunks: upstream.events.slice(0, -1),
        before: (index) => (index === upstream.events.length - 2 ? gate() : undefined),
        fault: 'reset',
      }));
      const record = await stage.onlyRecord();
      expect(record).toMatchObject({ status: 'failure', error_information: { error_code: 'upstream_interrupted' } });
      expect(client.textOf(record.response)).toBe(TEXT);
    });
  });

  it('is not taken to another upstream', async () => {
    const before = stage.upstream.requests.length;
    const call = (signal: AbortSignal): Promise<unknown> => CLIENTS[0]!.whole(stage.gateway.url, 'chat', signal);
    await leaveAtGate(call, async (gate) => {
      await gate();
      return { status: 500, body: { error: { message: 'broken' } } };
    });
    expect(await stage.onlyRecord()).toMatchObject({
      status: 'failure',
      model_group: 'chat',
      error_information: { error_code: 'upstream_failed' },
    });
    // One for the call, one for the call behind it.
    expect(stage.upstream.requests.length - before).toBe(2);
  });
});
