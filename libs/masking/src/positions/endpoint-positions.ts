import { ANTHROPIC_REPLY } from './anthropic-reply.positions';
import { ANTHROPIC_REQUEST } from './anthropic-request.positions';
import { CHAT_REPLY } from './chat-reply.positions';
import { CHAT_REQUEST } from './chat-request.positions';
import { COMPLETIONS_REPLY } from './completions-reply.positions';
import { COMPLETIONS_REQUEST } from './completions-request.positions';
import { EMBEDDINGS_REPLY } from './embeddings-reply.positions';
import { EMBEDDINGS_REQUEST } from './embeddings-request.positions';
import type { MaskedEndpoint } from './masked-endpoint';
import type { PositionTable } from './position-table';
import { RESPONSES_REPLY } from './responses-reply.positions';
import { RESPONSES_REQUEST } from './responses-request.positions';

/** Where text lives in the bodies of an endpoint. */
interface EndpointPositions {
  /** What is masked on the way to the provider. */
  readonly request: PositionTable;
  /** What is restored on the way back. */
  readonly reply: PositionTable;
}

/** The declared positions of every endpoint that can be masked. */
export const POSITIONS: Readonly<Record<MaskedEndpoint, EndpointPositions>> = {
  'openai-chat': { request: CHAT_REQUEST, reply: CHAT_REPLY },
  'openai-responses': { request: RESPONSES_REQUEST, reply: RESPONSES_REPLY },
  'anthropic-messages': { request: ANTHROPIC_REQUEST, reply: ANTHROPIC_REPLY },
  'anthropic-count-tokens': { request: ANTHROPIC_REQUEST, reply: ANTHROPIC_REPLY },
  'openai-embeddings': { request: EMBEDDINGS_REQUEST, reply: EMBEDDINGS_REPLY },
  'openai-completions': { request: COMPLETIONS_REQUEST, reply: COMPLETIONS_REPLY },
};
