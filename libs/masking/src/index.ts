export { MASK_KINDS, type Detector, type Finding, type MaskKind } from './detectors/detector';
export { DETECTORS } from './detectors/find-all';
export { Masker, type MaskedBody, type MaskedText } from './masker';
export { POSITIONS, type DialectPositions } from './positions/dialect-positions';
export type {
  Action,
  FieldsShape,
  ListShape,
  Position,
  PositionTable,
  Shape,
  TypedShape,
} from './positions/position-table';
export { createReplyRestorer, StreamRestorer, type ReplyRestorer } from './restore/reply-restorer';
export { TokenGrants } from './tokens/token-grants';
