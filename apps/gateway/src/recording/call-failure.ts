import { SallyportError, type ReplySummary } from '@sallyport/dialects';
import { failureOf, type CallFailure } from '@sallyport/usage';
import { ClientClosedError, ShutdownError } from '../call/call-life';

/** Why an upstream's reply counts as a failure; undefined when it does not. */
export function replyFailure(status: number, { error }: ReplySummary): CallFailure | undefined {
  if (status < 400 && error === undefined) return undefined;
  const kind = error?.type ?? 'upstream_refused';
  return { code: String(status), kind, message: error?.message ?? `The upstream answered with status ${status}` };
}

/** @param error whatever ended a call before its reply did */
export function thrownFailure(error: unknown): CallFailure {
  if (error instanceof ClientClosedError) return ended('499', 'client_closed', error);
  if (error instanceof ShutdownError) return ended('503', 'shutdown', error);
  if (error instanceof SallyportError) return failureOf(error);
  return { code: 'internal', kind: 'internal', message: 'Something went wrong on our side' };
}

/** Has the form of an upstream's status, and says nothing that the policy for content could forbid. */
function ended(code: string, kind: string, { message }: SallyportError): CallFailure {
  return { code, kind, message, isPlain: true };
}
