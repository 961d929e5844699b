export { buildRecord } from './build-record';
export {
  failureOf,
  type CallFailure,
  type CallOutcome,
  type CallRequest,
  type CallTarget,
  type CallTimes,
} from './call-outcome';
export { estimateInputTokens } from './count/estimate-input-tokens';
export { guessInputTokens } from './count/guess-input-tokens';
export { namesCredential } from './redact-credentials';
export type { StandardLoggingPayload } from './standard-logging-payload';
