import { eventually } from '../../gateway-harness';
import type { Cell } from '../cell';
import { REFUSAL_STATUSES, type RefusalStatus } from '../clients/client';
import { errorName, errorStatus } from '../clients/error-names';
import type { ConformanceCase } from '../conformance-case';

const QUESTION = { text: 'hi', stream: true };
const WORDS = 'scripted words of the upstream';

const TYPES: Readonly<Record<RefusalStatus, readonly [openAi: string, anthropic: string]>> = {
  400: ['invalid_request_error', 'invalid_request_error'],
  401: ['authentication_error', 'authentication_error'],
  429: ['rate_limit_error', 'rate_limit_error'],
  500: ['api_error', 'api_error'],
  529: ['service_unavailable', 'overloaded_error'],
};

export const FAILURE_CASES: readonly ConformanceCase[] = [
  ...REFUSAL_STATUSES.flatMap((status) => [
    { name: `throws the class for ${status}`, run: (cell: Cell) => refused(cell, status, false) },
    { name: `throws the class for ${status} in place of a stream`, run: (cell: Cell) => refused(cell, status, true) },
  ]),
  {
    name: 'throws when the upstream fails within a stream',
    async run(cell) {
      cell.replies((request) => {
        const begun = begunStream(cell, request);
        return { chunks: [...begun, cell.upstream.errorEvent(WORDS, begun.length)] };
      });
      expect((await cell.failure(QUESTION)).message).toContain(WORDS);
    },
  },
  ...(['reset', 'truncate'] as const).map((fault) => ({
    name: `throws when the upstream’s stream breaks off (${fault})`,
    async run(cell: Cell): Promise<void> {
      cell.replies((request) => ({ chunks: begunStream(cell, request), fault }));
      await cell.failure(QUESTION);
    },
  })),
  {
    name: 'breaks a stream off at the upstream',
    run: (cell) =>
      aborted(cell, true, () => cell.replies((request) => ({ chunks: begunStream(cell, request), fault: 'stall' }))),
  },
  {
    name: 'breaks a call off at the upstream before its reply begins',
    run: (cell) => aborted(cell, false, () => cell.replies(() => ({ chunks: [], fault: 'stall' }))),
  },
];

async function refused(cell: Cell, status: RefusalStatus, stream: boolean): Promise<void> {
  const { client, upstream } = cell;
  cell.replies(() => ({ status, headers: { 'retry-after': '7' }, body: upstream.refusal(WORDS) }));
  const error = await cell.failure({ text: 'hi', stream });
  // A broken upstream is the gateway's failure, told in the upstream's words.
  const [expected, words] = status === 500 ? [502, `The upstream answered with status 500: ${WORDS}`] : [status, WORDS];
  expect([errorName(error), errorStatus(error)]).toEqual([client.errorNames[status], expected]);
  expect(error.message).toContain(words);
  const { headers, refusal } = cell.lastReply ?? {};
  const body = JSON.parse(refusal ?? '') as object;
  if (client.dialect === upstream.dialect && status !== 500) expect(body).toEqual(upstream.refusal(WORDS));
  else expect(body).toEqual(envelope(cell, status, words));
  expect(headers?.get(client.dialect === 'anthropic-messages' ? 'request-id' : 'x-request-id')).toMatch(/./);
  if (status === 429) expect(headers?.get('retry-after')).toBe('7');
}

/** The type follows from the status, the form from the API that the client called; Anthropic's has no code. */
function envelope({ client, upstream }: Cell, status: RefusalStatus, message: string): object {
  const [ofOpenAi, ofAnthropic] = TYPES[status];
  if (client.dialect === 'anthropic-messages') {
    return { type: 'error', error: { type: ofAnthropic, message }, request_id: expect.any(String) as string };
  }
  const ofUpstream = upstream.dialect === 'anthropic-messages' ? null : 'scripted';
  return { error: { message, type: ofOpenAi, param: null, code: status === 500 ? 'upstream_failed' : ofUpstream } };
}

/** A stream up to the first piece of its text. */
function begunStream(cell: Cell, request: object): string[] {
  const events = cell.upstream.stream({ text: ['first piece', 'second piece'] }, request);
  return events.slice(0, events.findIndex((event) => event.includes('first piece')) + 1);
}

async function aborted(cell: Cell, stream: boolean, script: () => void): Promise<void> {
  script();
  const abort = new AbortController();
  const failure = cell.failure({ text: 'hi', stream, signal: abort.signal });
  await eventually(() => cell.asked.length === 1, 'the upstream is asked');
  const request = cell.lastRequest;
  if (stream) await eventually(() => cell.lastReply?.status === 200, 'the stream has begun');
  abort.abort();
  await failure;
  await eventually(() => request?.aborted === true, 'the upstream sees it', 1_000);
}
