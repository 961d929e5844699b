import type { CallFailure, CallTarget, RecordPolicy } from '../call-outcome';
import { hideInText } from '../content/hide-credentials';
import { REDACTED } from '../content/redacted';
import type { ErrorInformation } from './standard-logging-payload';

/** Our own refusals whose messages hold nothing of a request, a reply or an upstream. */
const PLAIN_CODES: ReadonlySet<string> = new Set([
  'unsupported_media_type',
  'body_too_large',
  'missing_key',
  'wrong_key',
  'rate_limited',
  'circuit_open',
  'deadline_exceeded',
  'storage_full',
  'unavailable',
  'internal',
]);
const HTTP_STATUS = /^\d{3}$/;
/** Names of kinds of errors, as upstreams spell them; anything else might be words of a prompt. */
const KIND = /^[a-z_]{0,48}(?:error|exception|exceeded|unavailable|overloaded|refused|failed|quota|limit)$/i;

/** A failure as far as it may be written down: its message without keys, or without a word of the upstream's. */
export function recordedFailure(failure: CallFailure, { content }: RecordPolicy): CallFailure {
  const { code, kind, message } = failure;
  if (content === 'full') return { code, kind, message: hideInText(message) };
  if (failure.isPlain === true || PLAIN_CODES.has(code)) return failure;
  const plainKind = !HTTP_STATUS.test(code) || KIND.test(kind) ? kind : 'upstream_refused';
  return { code, kind: plainKind, message: REDACTED };
}

export function errorInformation(
  { code, kind, message }: CallFailure,
  target: CallTarget | undefined,
): ErrorInformation {
  const category = rateLimitCategory(code);
  return {
    error_code: code,
    error_class: kind,
    llm_provider: target?.provider ?? '',
    traceback: '',
    error_message: message,
    error_rate_limit_category: category,
    error_rate_limit_type: category === null ? null : 'requests',
    error_budget_entity_type: null,
    error_budget_entity_id: null,
    error_budget_limit: null,
    error_budget_spend: null,
  };
}

function rateLimitCategory(code: string): ErrorInformation['error_rate_limit_category'] {
  if (code === 'rate_limited') return 'litellm_rate_limit';
  return code === '429' ? 'vendor_rate_limit' : null;
}
