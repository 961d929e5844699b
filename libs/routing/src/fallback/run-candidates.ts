import { SallyportError } from '@sallyport/dialects';
import type { CallOutcome } from '../breaker/breaker-state';
import type { CircuitBreakerPort } from '../breaker/circuit-breaker.port';
import type { Candidate } from '../plan/model-router';

/** How an attempt ended that produced a reply: `R` is handed on, or the next candidate is tried. */
export interface AttemptResult<R> {
  readonly reply: R;
  /** HTTP status of the upstream. */
  readonly status: number;
  /** The upstream's own words for a failure of its own, for whoever is told of it. */
  readonly detail?: string | undefined;
}

export interface FallbackOptions<T, R> {
  readonly candidates: readonly Candidate<T>[];
  readonly breaker: CircuitBreakerPort;
  /** Makes the call; throws a {@link SallyportError} when no reply could be had. */
  readonly attempt: (candidate: Candidate<T>) => Promise<AttemptResult<R>>;
  /** Called for each reply that is given up because another candidate is tried. */
  readonly discard: (reply: R) => void;
  /** Aborted with a {@link SallyportError} once nobody waits for an answer any more: nothing else is tried then. */
  readonly signal: AbortSignal;
  readonly onBreakerOpen?: (upstream: string) => void;
}

export interface FallbackResult<T, R> {
  readonly candidate: Candidate<T>;
  readonly reply: R;
  /** Tells the breaker how the reply ended; for one that it knows about already nothing more happens. */
  readonly conclude: (outcome: CallOutcome) => Promise<void>;
}

/**
 * Tries candidates in order until one answers. An answer that is the client's own fault is final. A refusal that may
 * be the upstream's fault (its key, its quota, its models) is kept while others are tried, and handed on as it came
 * when none does better.
 *
 * A reply that is handed on is still open: its reader concludes it. The breaker knows about all the others.
 *
 * @throws SallyportError `circuit_open` when no candidate could be called at all, `dialect_unsupported` when none can
 * take the request, `deadline_exceeded` when the last one took too long, `upstream_failed` when it failed otherwise,
 * the reason of `signal` when it was aborted before any could fail; and whatever else `attempt` throws
 */
export async function runCandidates<T, R>(options: FallbackOptions<T, R>): Promise<FallbackResult<T, R>> {
  const { breaker, signal } = options;
  let refusal: FallbackResult<T, R> | undefined;
  let failure: SallyportError | undefined;
  let unsupported: SallyportError | undefined;
  let retryAfterMs = Infinity;
  for (const candidate of options.candidates) {
    if (signal.aborted) {
      failure ??= signal.reason as SallyportError;
      break;
    }
    const { upstream } = candidate.deployment;
    const admission = await breaker.acquire(upstream);
    if (!admission.admitted) {
      retryAfterMs = Math.min(retryAfterMs, admission.retryAfterMs);
      options.onBreakerOpen?.(upstream);
      continue;
    }
    const report = (outcome: CallOutcome): Promise<void> => breaker.report(upstream, admission.ticket, outcome);
    try {
      const { reply, status, detail } = await options.attempt(candidate);
      if (isFinal(status)) {
        if (refusal !== undefined) options.discard(refusal.reply);
        return { candidate, reply, conclude: report };
      }
      if (status >= 500 && status !== OVERLOADED) {
        options.discard(reply);
        failure = upstreamAnswered(status, detail);
      } else {
        if (refusal !== undefined) options.discard(refusal.reply);
        refusal = { candidate, reply, conclude: () => Promise.resolve() };
      }
      await report(outcomeOf(status));
    } catch (error) {
      if (error instanceof SallyportError && error.code === 'dialect_unsupported') {
        // Nothing was sent. Another upstream may speak the client's own dialect.
        await report('neutral');
        unsupported ??= error;
        continue;
      }
      // Only what says something of the upstream counts against it: not the end of the call, not a mistake of ours.
      const isFailure = error instanceof SallyportError && error.retryable && error !== signal.reason;
      await report(isFailure ? 'failure' : 'neutral');
      if (!isFailure) throw error;
      failure = error;
    }
  }
  if (refusal !== undefined) return refusal;
  throw failure ?? unsupported ?? circuitOpen(retryAfterMs);
}

/** What a reply's status says of the upstream's health: only its own failures count against it. */
export function outcomeOf(status: number): CallOutcome {
  if (status >= 500) return 'failure';
  return status < 400 ? 'success' : 'neutral';
}

/** Anthropic's word for "come back later". Clients know it, so it is handed on when nobody does better. */
const OVERLOADED = 529;

/** Statuses for which another upstream may do better: its key, its quota, its model list or its health. */
const UPSTREAMS_FAULT: ReadonlySet<number> = new Set([401, 402, 403, 404, 408, 429]);

function isFinal(status: number): boolean {
  return status < 500 && !UPSTREAMS_FAULT.has(status);
}

function upstreamAnswered(status: number, detail: string | undefined): SallyportError {
  const message = `The upstream answered with status ${status}${detail === undefined ? '' : `: ${detail}`}`;
  return new SallyportError(status === 504 ? 'deadline_exceeded' : 'upstream_failed', message, { retryable: true });
}

function circuitOpen(retryAfterMs: number): SallyportError {
  return new SallyportError('circuit_open', 'Every upstream for this model is resting after failures', {
    retryable: true,
    retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)),
  });
}
