import type { LogContentSettings } from '@sallyport/config';
import type { CallRequest, RecordPolicy } from '@sallyport/usage';
import type { ClientCall } from '../call/client-call';

/** LiteLLM's header, and its older name: https://docs.litellm.ai/docs/proxy/logging#redact-messages-response-content */
const REDACTION_HEADERS = ['x-litellm-enable-message-redaction', 'litellm-enable-message-redaction'] as const;

/**
 * What of a call may be written down. The policy of its key comes before the default. A header of the call may hide
 * its content, whatever they say, and can never show what they hide: LiteLLM's `litellm-disable-message-redaction` has
 * no effect, as whoever sends a call does not decide what the operator keeps.
 */
export function recordPolicyOf(
  { headers }: Pick<ClientCall, 'headers'>,
  { keyHash }: Pick<CallRequest, 'keyHash'>,
  settings: LogContentSettings,
): RecordPolicy {
  const configured = settings.byKey.get(keyHash ?? '') ?? settings.default;
  const content = REDACTION_HEADERS.some((name) => isOn(headers[name])) ? 'none' : configured;
  return { content, maxBase64Length: settings.maxBase64Length };
}

/** Anything but a clear no counts: a word that is not understood hides rather than shows. */
function isOn(header: string | string[] | undefined): boolean {
  return header !== undefined && !/^(?:|false|0|no|off)$/i.test(String(header).trim());
}
