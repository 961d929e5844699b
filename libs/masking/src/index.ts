export { MASK_KINDS, type Finding, type MaskKind } from './detectors/detector';
export { Masker, type MaskedBody, type MaskedText } from './masker';
export type { MaskedDialect } from './positions/masked-dialect';
export { createReplyRestorer, type ReplyRestorer, type StreamRestorer } from './restore/reply-restorer';
export type { TokenGrants } from './tokens/token-grants';
