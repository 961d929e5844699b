import type { Endpoint, ReplySummary, SallyportError } from '@sallyport/dialects';

/** The caller and its request, known before anything is routed. */
export interface CallRequest {
  readonly callId: string;
  readonly traceId: string;
  readonly endpoint: Endpoint;
  readonly route: string;
  /** The model that was asked for; an empty string when the call names none. */
  readonly model: string;
  /** SHA-256 of the caller's key in hexadecimal. */
  readonly keyHash: string | null;
  readonly clientIp: string | null;
  readonly userAgent: string | null;
  /** The caller's own `x-` headers, credentials left out. */
  readonly customHeaders: Readonly<Record<string, string>> | null;
  /** The parsed request body, or the text fields of a form; empty when there is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The deployment that answered, or was the last to fail. */
export interface CallTarget {
  readonly provider: string;
  readonly model: string;
  readonly deploymentId: string;
  readonly apiBase: string;
  /** Undefined: the configuration gives no price. */
  readonly prices: TokenPrices | undefined;
}

/** US dollars for a single token. What is undefined costs what the nearest kind costs: input or output. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
  readonly reasoning: number | undefined;
}

/** One upstream that was tried for a call, in the order of the tries; the last one is the one that answered or failed. */
export interface CallAttempt {
  readonly deploymentId: string;
  readonly provider: string;
  readonly model: string;
  /** HTTP status of the upstream, or the code of our error when there was no reply. */
  readonly status: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Time to the whole reply, or to the first byte of a stream, in milliseconds. */
  readonly durationMs: number;
}

/** Milliseconds since the epoch. */
export interface CallTimes {
  readonly startedAt: number;
  readonly endedAt: number;
  /** First byte of the reply's body; undefined when none arrived. */
  readonly firstByteAt: number | undefined;
}

/** How a call ended; a record is made of nothing else but this and the {@link RecordPolicy}. */
export interface CallOutcome {
  readonly request: CallRequest;
  readonly target: CallTarget | undefined;
  readonly times: CallTimes;
  readonly streamed: boolean;
  /** What the reply said, as far as it came; undefined when there was no reply. */
  readonly reply: ReplySummary | undefined;
  readonly failure: CallFailure | undefined;
  readonly attempts: readonly CallAttempt[];
  /** Whether the client left before the reply ended, also when the reply was read to its end all the same. */
  readonly clientLeft: boolean;
}

/** What of a call may be written down. */
export interface RecordPolicy {
  /** `none`: no prompt, no reply, and nothing that may quote them. */
  readonly content: 'full' | 'none';
  /** Base64 that is longer becomes a note of its size; 0 keeps all, as LiteLLM has it. */
  readonly maxBase64Length: number;
}

/** Why a call failed: our own refusal, or the upstream's with its status. */
export interface CallFailure {
  /** HTTP status or error code, as text. */
  readonly code: string;
  /** Name of the kind of failure, such as `upstream_failed` or the upstream's `rate_limit_error`. */
  readonly kind: string;
  readonly message: string;
  /** Set when all of it is words of ours that hold nothing of a request, a reply or an upstream. */
  readonly isPlain?: boolean;
}

export function failureOf(error: SallyportError): CallFailure {
  return { code: error.code, kind: error.code, message: error.message };
}
