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
}

/** Milliseconds since the epoch. */
export interface CallTimes {
  readonly startedAt: number;
  readonly endedAt: number;
  /** First byte of the reply's body; undefined when none arrived. */
  readonly firstByteAt: number | undefined;
}

/** How a call ended; a record is made of nothing else. */
export interface CallOutcome {
  readonly request: CallRequest;
  readonly target: CallTarget | undefined;
  readonly times: CallTimes;
  readonly streamed: boolean;
  /** What the reply said, as far as it came; undefined when there was no reply. */
  readonly reply: ReplySummary | undefined;
  readonly failure: CallFailure | undefined;
}

/** Why a call failed: our own refusal, or the upstream's with its status. */
export interface CallFailure {
  /** HTTP status or error code, as text. */
  readonly code: string;
  /** Name of the kind of failure, such as `upstream_failed` or the upstream's `rate_limit_error`. */
  readonly kind: string;
  readonly message: string;
}

export function failureOf(error: SallyportError): CallFailure {
  return { code: error.code, kind: error.code, message: error.message };
}
