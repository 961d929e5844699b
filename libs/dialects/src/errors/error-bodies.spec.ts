import { anthropicErrorBody, openAiErrorBody } from './error-bodies';
import { SallyportError, type ErrorCode } from './sallyport-error';
import { anthropicStreamError, openAiUpstreamError } from './upstream-error-body';

it.each<[ErrorCode, number]>([
  ['body_too_large', 413],
  ['missing_key', 401],
  ['wrong_key', 401],
  ['rate_limited', 429],
  ['circuit_open', 503],
  ['unavailable', 503],
  ['deadline_exceeded', 504],
])('tells clients of %s in the words for an upstream’s %i', (code, status) => {
  const own = new SallyportError(code, 'no');
  const theirs = { status, message: 'no', type: '', param: null, code: null };
  expect(openAiErrorBody(own).error.type).toBe(openAiUpstreamError(theirs).error.type);
  expect(anthropicErrorBody(own, null).error).toEqual(anthropicStreamError(theirs).error);
});
