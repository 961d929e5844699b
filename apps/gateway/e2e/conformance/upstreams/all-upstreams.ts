import { CHAT_UPSTREAM } from './chat.upstream';
import { MESSAGES_UPSTREAM } from './messages.upstream';
import { RESPONSES_UPSTREAM } from './responses.upstream';
import type { UpstreamDialect } from './upstream-dialect';

/** One upstream of each dialect. */
export const ALL_UPSTREAMS: readonly UpstreamDialect[] = [CHAT_UPSTREAM, RESPONSES_UPSTREAM, MESSAGES_UPSTREAM];
