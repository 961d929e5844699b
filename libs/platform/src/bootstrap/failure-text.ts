import { ConfigurationError } from '@sallyport/config';
import { isSystemError } from '../errors/system-error';

/**
 * What to print of a failed start or stop: one message for what an operator can put right, such as a setting or a
 * folder that cannot be written, and the stack of everything else.
 */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const forOperators = error instanceof ConfigurationError || isSystemError(error);
  return forOperators ? error.message : (error.stack ?? error.message);
}
