import type { JsonObject } from '../json/json-value';
import type { AssistantReply, ReasoningContent, ReplyContent } from '../reply/assistant-reply';
import type { ReplyContext } from '../reply/reply-codec.port';
import type { TokenUsage } from '../reply/reply-summary';
import { wholeCount } from '../reply/whole-count';
import { writeFinishReason } from './chat-stop-reason';

/** Writes a whole chat completion: https://platform.openai.com/docs/api-reference/chat/object */
export function writeChatReply(reply: AssistantReply, context: ReplyContext): JsonObject {
  return {
    id: chatReplyId(reply.id, context),
    object: 'chat.completion',
    created: reply.created ?? context.now(),
    model: context.model,
    choices: [
      {
        index: 0,
        message: message(reply.content, context),
        logprobs: null,
        finish_reason: writeFinishReason(reply.stop),
      },
    ],
    ...(reply.usage && { usage: writeChatUsage(reply.usage) }),
    system_fingerprint: null,
  };
}

/** The upstream's id where it has the form that clients of this API know. */
export function chatReplyId(id: string, context: ReplyContext): string {
  return id.startsWith('chatcmpl-') ? id : `chatcmpl-${context.newId()}`;
}

export function writeChatUsage(usage: TokenUsage): JsonObject {
  const cacheWrite = wholeCount(usage.cacheWriteTokens);
  return {
    prompt_tokens: wholeCount(usage.promptTokens),
    completion_tokens: wholeCount(usage.completionTokens),
    total_tokens: wholeCount(usage.totalTokens),
    prompt_tokens_details: {
      cached_tokens: wholeCount(usage.cacheReadTokens),
      ...(cacheWrite > 0 && { cache_write_tokens: cacheWrite }),
    },
    completion_tokens_details: { reasoning_tokens: wholeCount(usage.reasoningTokens) },
  };
}

/**
 * Reasoning whose upstream wants its proof back, as Anthropic's blocks: clients that send messages back whole return
 * it with them. LiteLLM has the same extension.
 */
export function thinkingBlock({ text, signature, redacted }: ReasoningContent): object | undefined {
  if (redacted !== undefined) return { type: 'redacted_thinking', data: redacted };
  return signature === undefined ? undefined : { type: 'thinking', thinking: text, signature };
}

function message(content: readonly ReplyContent[], context: ReplyContext): JsonObject {
  const reasoning = content.filter((piece) => piece.type === 'reasoning');
  const thought = reasoning.map(({ text }) => text).join('');
  const blocks = reasoning.map(thinkingBlock).filter((block) => block !== undefined);
  const calls = content.filter((piece) => piece.type === 'tool-call');
  return {
    role: 'assistant',
    content: textsOf(content, 'text'),
    refusal: textsOf(content, 'refusal'),
    ...(thought !== '' && { reasoning_content: thought }),
    ...(blocks.length > 0 && { thinking_blocks: blocks }),
    ...(calls.length > 0 && { tool_calls: calls.map((call) => toolCall(call, context)) }),
  };
}

/** All of one kind, one behind the other; null when there is none. */
function textsOf(content: readonly ReplyContent[], type: 'text' | 'refusal'): string | null {
  return content.map((piece) => (piece.type === type ? piece.text : '')).join('') || null;
}

function toolCall(call: ReplyContent & { type: 'tool-call' }, context: ReplyContext): JsonObject {
  return {
    id: call.id || `call_${context.newId()}`,
    type: 'function',
    function: { name: call.name, arguments: call.arguments },
  };
}
