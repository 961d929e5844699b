import type { MaskedDialect } from './masked-dialect';
import { ANTHROPIC_REPLY } from './anthropic-reply.positions';
import { ANTHROPIC_REQUEST } from './anthropic-request.positions';
import { OPENAI_REPLY } from './openai-reply.positions';
import { OPENAI_REQUEST } from './openai-request.positions';
import type { PositionTable } from './position-table';

export interface DialectPositions {
  /** What is masked on the way to the provider. */
  readonly request: PositionTable;
  /** What is restored on the way back. */
  readonly reply: PositionTable;
}

/** The declared positions of every dialect that can be masked. */
export const POSITIONS: Readonly<Record<MaskedDialect, DialectPositions>> = {
  'openai-chat': { request: OPENAI_REQUEST, reply: OPENAI_REPLY },
  'anthropic-messages': { request: ANTHROPIC_REQUEST, reply: ANTHROPIC_REPLY },
};
