import { SallyportError } from '@sallyport/dialects';
import type { CallOutcome } from '../breaker/breaker-state';
import type { CircuitBreakerPort } from '../breaker/circuit-breaker.port';
import type { Candidate } from '../plan/model-router';
import { runCandidates, type AttemptResult } from './run-candidates';

class RecordingBreaker implements CircuitBreakerPort {
  readonly reports: [string, CallOutcome][] = [];
  /** @param retryAfterMs how long open breakers rest that do not rest as long as all others */
  constructor(
    private readonly open: readonly string[] = [],
    private readonly retryAfterMs: Readonly<Record<string, number>> = {},
  ) {}

  acquire(upstream: string): ReturnType<CircuitBreakerPort['acquire']> {
    return Promise.resolve(
      this.open.includes(upstream)
        ? { admitted: false, retryAfterMs: this.retryAfterMs[upstream] ?? 2_500 }
        : { admitted: true, ticket: 0 },
    );
  }

  report(upstream: string, _ticket: number, outcome: CallOutcome): Promise<void> {
    this.reports.push([upstream, outcome]);
    return Promise.resolve();
  }

  snapshot(): Promise<never[]> {
    return Promise.resolve([]);
  }
}

const candidate = (id: string): Candidate<string> => ({
  deployment: { id, group: id, upstream: id, model: undefined, target: id },
  model: id,
  fallbackModel: undefined,
});

/**
 * Runs candidates whose answers are scripted: a status, or an error to throw. The client leaves during the attempt that
 * `leavesAt` names, before the first one when it names none of them.
 */
async function run(script: Record<string, number | Error>, breaker = new RecordingBreaker(), leavesAt?: string) {
  const client = new AbortController();
  if (leavesAt !== undefined && !(leavesAt in script)) client.abort(gone);
  const tried: string[] = [];
  const discarded: string[] = [];
  const outcome = await runCandidates<string, string>({
    candidates: Object.keys(script).map(candidate),
    breaker,
    signal: client.signal,
    discard: (reply) => discarded.push(reply),
    attempt: ({ deployment: { id } }): Promise<AttemptResult<string>> => {
      tried.push(id);
      if (id === leavesAt) client.abort(gone);
      const answer = script[id] as number | Error;
      return answer instanceof Error
        ? Promise.reject(answer)
        : Promise.resolve({ reply: `${id}:${answer}`, status: answer });
    },
  }).then(
    ({ reply }) => reply,
    (error: unknown) => error as SallyportError,
  );
  return { outcome, tried, discarded, reports: breaker.reports };
}

const gone = new SallyportError('unavailable', 'nobody waits', { retryable: true });
const unreachable = new SallyportError('upstream_failed', 'unreachable', { retryable: true });

describe(runCandidates.name, () => {
  it('stops at the first success', async () => {
    expect(await run({ a: 200, b: 200 })).toMatchObject({ outcome: 'a:200', tried: ['a'], reports: [] });
  });

  it.each([400, 413, 422])('hands on the client’s own mistake (%i) without trying another', async (status) => {
    expect(await run({ a: status, b: 200 })).toMatchObject({ outcome: `a:${status}`, tried: ['a'] });
  });

  it.each([401, 404, 429, 500, 503])('tries the next after %i', async (status) => {
    const { outcome, discarded } = await run({ a: status, b: 200 });
    expect([outcome, discarded]).toEqual(['b:200', [`a:${status}`]]);
  });

  it('tries the next when an upstream cannot be reached, and counts the failure', async () => {
    const { outcome, reports } = await run({ a: unreachable, b: 200 });
    expect([outcome, reports]).toEqual(['b:200', [['a', 'failure']]]);
  });

  it('hands on the last refusal when nobody does better', async () => {
    const { outcome, discarded } = await run({ a: 429, b: 401, c: 500 });
    expect([outcome, discarded]).toEqual(['b:401', ['a:429', 'c:500']]);
  });

  it('fails with the last failure when every candidate failed', async () => {
    const late = new SallyportError('deadline_exceeded', 'late', { retryable: true });
    expect((await run({ a: 500, b: late })).outcome).toBe(late);
    expect((await run({ a: late, b: 503 })).outcome).toMatchObject({ code: 'upstream_failed', retryable: true });
  });

  it.each([new Error('a defect of ours'), new SallyportError('invalid_request', 'the client’s body')])(
    'blames no upstream for %s',
    async (error) => {
      expect(await run({ a: error, b: 200 })).toMatchObject({
        outcome: error,
        tried: ['a'],
        reports: [['a', 'neutral']],
      });
    },
  );

  it('tells the breaker of a refusal once, and leaves a success to its reader', async () => {
    const breaker = new RecordingBreaker();
    const { reports } = await run({ a: 429 }, breaker);
    expect(reports).toEqual([['a', 'neutral']]);
    expect((await run({ a: 200 })).reports).toEqual([]);
  });

  it('tells the breaker nothing more when a refusal is concluded by its reader', async () => {
    const breaker = new RecordingBreaker();
    const answer = await runCandidates<string, string>({
      candidates: [candidate('a')],
      breaker,
      signal: new AbortController().signal,
      discard: () => undefined,
      attempt: () => Promise.resolve({ reply: '', status: 429 }),
    });
    await answer.conclude('neutral');
    expect(breaker.reports).toEqual([['a', 'neutral']]);
  });

  it('passes over open breakers, and says so when nothing else is left', async () => {
    expect((await run({ a: 200, b: 200 }, new RecordingBreaker(['a']))).tried).toEqual(['b']);
    const { outcome, tried } = await run({ a: 200 }, new RecordingBreaker(['a']));
    expect([outcome, tried]).toEqual([expect.objectContaining({ code: 'circuit_open', retryAfterSeconds: 3 }), []]);
    // The first to be tried again decides, wherever it stands.
    const resting = new RecordingBreaker(['a', 'b'], { b: 60_000 });
    expect((await run({ a: 200, b: 200 }, resting)).outcome).toMatchObject({ retryAfterSeconds: 3 });
  });

  it('tries nothing once the client is gone', async () => {
    const { outcome, tried, reports } = await run({ a: 200 }, new RecordingBreaker(), 'before');
    expect([outcome, tried, reports]).toEqual([gone, [], []]);
  });

  it('tries nothing else when the client leaves, and blames nobody for the end of the call', async () => {
    const { outcome, tried, reports } = await run({ a: gone, b: 200 }, new RecordingBreaker(), 'a');
    expect([outcome, tried, reports]).toEqual([gone, ['a'], [['a', 'neutral']]]);
  });

  it.each([
    [unreachable, unreachable, 'failure'],
    [500, expect.objectContaining({ code: 'upstream_failed' }), 'failure'],
    [429, 'a:429', 'neutral'],
    [200, 'a:200', undefined],
  ])(
    'hands on what comes of %s although the client has left, and tries nothing else',
    async (answer, end, reported) => {
      const { outcome, tried, reports } = await run({ a: answer, b: 200 }, new RecordingBreaker(), 'a');
      expect([outcome, tried, reports]).toEqual([end, ['a'], reported === undefined ? [] : [['a', reported]]]);
    },
  );

  it('hands an overload on as it came when nobody does better, and counts it as a failure', async () => {
    expect(await run({ a: 529, b: 500 })).toMatchObject({
      outcome: 'a:529',
      reports: [
        ['a', 'failure'],
        ['b', 'failure'],
      ],
    });
    expect(await run({ a: 529, b: 200 })).toMatchObject({ outcome: 'b:200', discarded: ['a:529'] });
  });

  it('repeats what the upstream says of its failure', async () => {
    const result = runCandidates<string, string>({
      candidates: [candidate('a')],
      breaker: new RecordingBreaker(),
      signal: new AbortController().signal,
      discard: () => undefined,
      attempt: () => Promise.resolve({ reply: '', status: 500, detail: 'out of memory' }),
    });
    await expect(result).rejects.toThrow('The upstream answered with status 500: out of memory');
  });

  it('says deadline_exceeded when the last upstream ran out of time itself', async () => {
    expect(await run({ a: 504 })).toMatchObject({ outcome: { code: 'deadline_exceeded' } });
  });

  it('passes over an upstream that cannot take the request, without a word to its breaker', async () => {
    const unsupported = new SallyportError('dialect_unsupported', 'cannot', { param: 'n' });
    expect(await run({ a: unsupported, b: 200 })).toMatchObject({ outcome: 'b:200', reports: [['a', 'neutral']] });
    expect(await run({ a: unsupported })).toMatchObject({ outcome: unsupported });
    const another = new SallyportError('dialect_unsupported', 'cannot either', { param: 'tools' });
    expect((await run({ a: unsupported, b: another })).outcome).toBe(unsupported);
    expect(await run({ a: unsupported, b: 500 })).toMatchObject({ outcome: { code: 'upstream_failed' } });
  });
});
