export type { Finding } from './detectors/detector';
export { StoredGrants, type StoredGrantSet } from './grants/stored-grants';
export { TokenGrants, type Grant } from './grants/token-grants';
export { isBuiltInKind, KINDS, MASK_KINDS, type KindFamily, type MaskKind } from './kinds/kinds';
export { valueAt, type LedgerEntry, type RestoredPlace, type RestoredText } from './ledger/ledger-entry';
export { ReplyLedger } from './ledger/reply-ledger';
export { BlockedByPolicyError } from './mask/blocked-by-policy-error';
export type { MaskDraft, MaskedBody } from './mask/mask-draft';
export { Masker, type MaskedText, type MaskerOptions } from './masker';
export { POLICY_ACTIONS, type Decision, type DecisionCounts, type PolicyAction } from './policy/masking-policy';
export { readMaskingPolicy, type MaskingPolicyText, type ReadMaskingPolicy } from './policy/read-masking-policy';
export type { MaskedEndpoint } from './positions/masked-endpoint';
export {
  createReplyRestorer,
  type ReplyRestorer,
  type RestoreOptions,
  type StreamRestorer,
} from './restore/reply-restorer';
export type { RestoreCount, RestoreCounts, RestoreOutcome } from './restore/restore-counts';
export { DEFAULT_FETCH_TOOLS, type SinkRules, type ToolNameRule } from './restore/sink-rules';
export type { MaskingStateEntry, MaskingStatePort } from './state/masking-state.port';
export { KeyRing, type MaskingKey, type MaskingScope } from './tokens/key-ring';
