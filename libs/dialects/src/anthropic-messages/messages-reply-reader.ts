import { isObject, objectOf, textOf, type JsonObject } from '../json/json-value';
import type { AssistantReply, ReplyContent } from '../reply/assistant-reply';
import type { ReplyReader } from '../reply/reply-codec.port';
import { messagesUsage } from './messages-reply';
import { readStopReason } from './messages-stop-reason';
import { MessagesStreamReader } from './messages-stream-reader';

/** Reads the replies of the Messages API: https://docs.anthropic.com/en/api/messages */
export const messagesReplyReader: ReplyReader = {
  read(body: JsonObject): AssistantReply {
    const blocks = Array.isArray(body['content']) ? body['content'].filter(isObject) : [];
    const content = blocks.flatMap(readBlock);
    const explanation = textOf(objectOf(body['stop_details'])['explanation']);
    const hasCalls = content.some(({ type }) => type === 'tool-call');
    const stop = readStopReason(body['stop_reason'], hasCalls);
    const refusal: ReplyContent[] = stop === 'refusal' && explanation ? [{ type: 'refusal', text: explanation }] : [];
    return {
      id: textOf(body['id']) ?? '',
      created: undefined,
      content: [...content, ...refusal],
      stop,
      stopSequence: textOf(body['stop_sequence']),
      usage: messagesUsage(body['usage']),
    };
  },

  openStream: () => new MessagesStreamReader(),
};

/** What Anthropic's own servers did for the model, and blocks of a kind that is not known yet, are passed over. */
function readBlock(block: JsonObject): ReplyContent[] {
  const text = (key: string): string => textOf(block[key]) ?? '';
  switch (block['type']) {
    case 'text':
      return text('text') === '' ? [] : [{ type: 'text', text: text('text') }];
    case 'thinking':
      return [{ type: 'reasoning', text: text('thinking'), signature: text('signature') || undefined }];
    case 'redacted_thinking':
      return [{ type: 'reasoning', text: '', redacted: text('data') }];
    case 'tool_use': {
      const input = JSON.stringify(objectOf(block['input']));
      return [{ type: 'tool-call', id: text('id'), name: text('name'), arguments: input }];
    }
    default:
      return [];
  }
}
