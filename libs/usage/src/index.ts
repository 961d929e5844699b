export {
  failureOf,
  type CallAttempt,
  type CallFailure,
  type CallOutcome,
  type CallRequest,
  type CallTarget,
  type CallTimes,
  type RecordPolicy,
  type TokenPrices,
} from './call-outcome';
export { namesCredential } from './content/hide-credentials';
export { estimateInputTokens } from './count/estimate-input-tokens';
export { guessInputTokens } from './count/guess-input-tokens';
export { buildRecord } from './record/build-record';
export type { StandardLoggingPayload } from './record/standard-logging-payload';
