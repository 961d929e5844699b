export { buildRecord } from './build-record';
export {
  failureOf,
  type CallFailure,
  type CallOutcome,
  type CallRequest,
  type CallTarget,
  type CallTimes,
} from './call-outcome';
export { namesCredential } from './redact-credentials';
export type { StandardLoggingPayload } from './standard-logging-payload';
