import type { ErrorNames } from './client';

/** Classes of the OpenAI SDK; it has none for 529 alone. */
export const OPENAI_ERRORS: ErrorNames = {
  400: 'BadRequestError',
  401: 'AuthenticationError',
  429: 'RateLimitError',
  500: 'InternalServerError',
  529: 'InternalServerError',
};

/** Classes of the Anthropic SDK. */
export const ANTHROPIC_ERRORS: ErrorNames = { ...OPENAI_ERRORS, 529: 'OverloadedError' };

/** The AI SDK has one class, which tells the status. */
export const AI_SDK_ERRORS: ErrorNames = {
  400: 'AI_APICallError',
  401: 'AI_APICallError',
  429: 'AI_APICallError',
  500: 'AI_APICallError',
  529: 'AI_APICallError',
};

/** The name under which a class of errors is known: most SDKs name the class only. */
export function errorName(error: Error): string {
  return error.name === 'Error' ? error.constructor.name : error.name;
}

/** The status that an error of any client tells. */
export function errorStatus(error: Error): number | undefined {
  const { status, statusCode } = error as { status?: number; statusCode?: number };
  return status ?? statusCode;
}
