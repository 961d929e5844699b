import type { RecordedRequest } from '@sallyport/testing';
import { CLIENTS } from './aborts/abort-client';
import { AbortStage, PARTS, TEXT, textOfEvents, UPSTREAMS } from './aborts/abort-stage';
import { eventually } from './gateway-harness';

const CELLS = CLIENTS.flatMap((client) => UPSTREAMS.map((upstream) => ({ client, upstream })));
const LEFT = {
  status: 'failure',
  stream: null,
  error_str: 'The client closed the connection before the reply ended',
  error_information: { error_code: '499', error_class: 'client_closed' },
  sallyport: { client_left: true },
};
const never = new Promise<never>(() => undefined);

describe('a client that leaves', () => {
  let stage: AbortStage;
  let abort: AbortController;
  beforeAll(async () => {
    stage = await AbortStage.start();
  });
  afterAll(() => stage.close());
  beforeEach(() => {
    stage.gateway.records.splice(0);
    abort = new AbortController();
  });

  const isLetGo = (request: RecordedRequest): Promise<void> =>
    eventually(() => request.aborted, 'the connection to the upstream is closed');

  describe.each(CELLS)('$client.name through $upstream.name', ({ client, upstream }) => {
    const leave = async (call: Promise<unknown>): Promise<void> => {
      abort.abort();
      await expect(call).rejects.toThrow();
    };

    /** Reads as far as `text`, and leaves; resolves with what the upstream was asked. */
    const leaveAfter = async (text: string, asked: Promise<RecordedRequest>): Promise<RecordedRequest> => {
      let seen = '';
      let onText = (): void => undefined;
      const call = client.stream(stage.gateway.url, upstream.name, abort.signal, (piece) => {
        seen += piece;
        onText();
      });
      call.catch(() => undefined);
      await new Promise<void>((resolve) => {
        onText = () => {
          if (seen === text) resolve();
        };
        onText();
      });
      const request = await asked;
      await leave(call);
      return request;
    };

    it.each(['stream', 'whole'] as const)('before the upstream answered (%s)', async (form) => {
      const asked = stage.script(() => never);
      const call = client[form](stage.gateway.url, upstream.name, abort.signal, () => undefined);
      call.catch(() => undefined);
      const request = await asked;
      await leave(call);
      await isLetGo(request);
      const record = await stage.onlyRecord();
      expect(record).toMatchObject({ ...LEFT, response: null, model_group: upstream.name });
    });

    it('between the head and the first event', async () => {
      const reached: (() => void)[] = [];
      const asked = stage.script(() => ({
        chunks: ['never sent'],
        before: () => {
          reached.forEach((tell) => tell());
          return never;
        },
      }));
      const waiting = new Promise<void>((resolve) => reached.push(resolve));
      const call = client.stream(stage.gateway.url, upstream.name, abort.signal, () => undefined);
      call.catch(() => undefined);
      const request = await asked;
      await waiting;
      await leave(call);
      await isLetGo(request);
      expect(await stage.onlyRecord()).toMatchObject({ ...LEFT, response: null });
    });

    it('while the upstream sends a whole reply', async () => {
      const half = upstream.whole.slice(0, upstream.whole.length / 2);
      const headers = { 'content-type': 'application/json' };
      const asked = stage.script(() => ({ headers, chunks: [half], fault: 'stall' }));
      const call = client.whole(stage.gateway.url, upstream.name, abort.signal);
      call.catch(() => undefined);
      const request = await asked;
      await leave(call);
      await isLetGo(request);
      expect(await stage.onlyRecord()).toMatchObject({ ...LEFT, response: null });
    });

    const points = upstream.events.map((_event, index) => index).slice(1);
    it.each(points)('mid-stream, after event %i', async (count) => {
      const text = textOfEvents(upstream.events, count);
      const asked = stage.script(() => ({ chunks: upstream.events.slice(0, count), fault: 'stall' }));
      await isLetGo(await leaveAfter(text, asked));
      const record = await stage.onlyRecord();
      expect(record).toMatchObject(LEFT);
      expect(client.textOf(record.response)).toBe(text);
      if (text !== '') expect(record.completion_tokens).toBeGreaterThan(0);
    });

    it('while the record is being written', async () => {
      const held = stage.gateway.holdRecord();
      const asked = stage.script(() => ({ chunks: upstream.events }));
      const call = client.stream(stage.gateway.url, upstream.name, abort.signal, () => undefined);
      call.catch(() => undefined);
      const release = await held;
      const before = await stage.countOfLeft();
      await leave(call);
      await stage.clientsLeft(before + 1);
      release();
      await asked;
      const record = await stage.onlyRecord();
      expect(record).toMatchObject({ status: 'success', prompt_tokens: 7, completion_tokens: 5 });
      expect(client.textOf(record.response)).toBe(TEXT);
    });
  });

  it('is told from one that has all it asked for', async () => {
    void stage.script(() => ({ chunks: UPSTREAMS[0]!.events }));
    const seen: string[] = [];
    await CLIENTS[0]!.stream(stage.gateway.url, 'chat', abort.signal, (text) => seen.push(text));
    abort.abort();
    expect(seen.join('')).toBe(PARTS.join(''));
    expect(await stage.onlyRecord()).toMatchObject({
      status: 'success',
      error_information: null,
      sallyport: { client_left: false },
    });
  });
});
