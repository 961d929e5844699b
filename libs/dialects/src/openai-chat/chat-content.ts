import { isObject, objectOf, textOf, type JsonObject } from '../json/json-value';
import type { ReasoningContent } from '../reply/assistant-reply';

/** What one message or delta says, its parts sorted by kind. */
export interface ChatContent {
  readonly text: string;
  readonly refusal: string;
  readonly reasoning: string;
}

/** Reads the `content` and `refusal` of a message or delta. Some servers send `content` as a list of parts. */
export function readContent(message: JsonObject): ChatContent {
  const { content } = message;
  const refusal = textOf(message['refusal']) ?? '';
  if (!Array.isArray(content)) return { text: textOf(content) ?? '', refusal, reasoning: '' };
  const said = { text: '', refusal, reasoning: '' };
  for (const part of content) {
    if (typeof part === 'string') said.text += part;
    else addPart(said, objectOf(part));
  }
  return said;
}

function addPart(said: { text: string; refusal: string; reasoning: string }, part: JsonObject): void {
  switch (part['type']) {
    case 'text':
    case 'output_text':
      said.text += textOf(part['text']) ?? '';
      break;
    case 'refusal':
      said.refusal += textOf(part['refusal']) ?? '';
      break;
    case 'thinking':
      said.reasoning += thoughtOf(part['thinking']);
      break;
  }
}

/** Mistral puts a list of text parts into its `thinking` part. */
function thoughtOf(thinking: unknown): string {
  if (!Array.isArray(thinking)) return textOf(thinking) ?? '';
  return thinking.map((part) => textOf(objectOf(part)['text']) ?? '').join('');
}

/** The plain text of a message's or delta's reasoning; servers use one of two names, and some send both alike. */
export function reasoningText(message: JsonObject): string {
  return textOf(message['reasoning_content']) || textOf(message['reasoning']) || '';
}

/**
 * Reasoning in pieces that may carry the upstream's proof: Anthropic's blocks in `thinking_blocks` (LiteLLM and
 * Sallyport), or OpenRouter's `reasoning_details`. https://openrouter.ai/docs/use-cases/reasoning-tokens
 */
export function reasoningPieces(message: JsonObject): ReasoningContent[] {
  const { thinking_blocks: blocks, reasoning_details: details } = message;
  if (Array.isArray(blocks) && blocks.length > 0) return blocks.filter(isObject).flatMap(pieceOfBlock);
  return Array.isArray(details) ? details.filter(isObject).flatMap(pieceOfDetail) : [];
}

function pieceOfBlock(block: JsonObject): ReasoningContent[] {
  if (block['type'] === 'redacted_thinking') return redacted(block['data']);
  return block['type'] === 'thinking' ? readable(block['thinking'], block['signature']) : [];
}

function pieceOfDetail(detail: JsonObject): ReasoningContent[] {
  switch (detail['type']) {
    case 'reasoning.text':
      return readable(detail['text'], detail['signature']);
    case 'reasoning.summary':
      return readable(detail['summary'], undefined);
    case 'reasoning.encrypted':
      // Only Anthropic's has a counterpart elsewhere.
      return textOf(detail['format'])?.startsWith('anthropic') ? redacted(detail['data']) : [];
    default:
      return [];
  }
}

function readable(text: unknown, signature: unknown): ReasoningContent[] {
  const piece: ReasoningContent = {
    type: 'reasoning',
    text: textOf(text) ?? '',
    ...(textOf(signature) && { signature: textOf(signature) }),
  };
  return piece.text === '' && piece.signature === undefined ? [] : [piece];
}

function redacted(data: unknown): ReasoningContent[] {
  return textOf(data) ? [{ type: 'reasoning', text: '', redacted: textOf(data) }] : [];
}
