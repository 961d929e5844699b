import type { ReplyContext } from '../reply/reply-codec.port';

/** The upstream's id where it has the form that clients of the Messages API know, else a new one. */
export function messageId(id: string, context: ReplyContext): string {
  return id.startsWith('msg_') ? id : `msg_${context.newId()}`;
}
