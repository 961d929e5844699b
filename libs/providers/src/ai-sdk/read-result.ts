import {
  objectOf,
  textOf,
  type AssistantReply,
  type ReplyContent,
  type StopReason,
  type TokenUsage,
} from '@sallyport/dialects';
import type { GenerateResult } from './ai-models';

type Content = GenerateResult['content'][number];
type FinishReason = GenerateResult['finishReason'];

const STOPS: Readonly<Partial<Record<FinishReason['unified'], StopReason>>> = {
  length: 'length',
  'content-filter': 'refusal',
  'tool-calls': 'tool-calls',
};

/**
 * Reads what a package of the AI SDK made of a whole reply. Sources, files and tools that ran at the vendor have no
 * place in a chat completion and are passed over.
 *
 * @param proofsOf name under which the package keeps proofs of reasoning
 */
export function readResult(result: GenerateResult, proofsOf: string | undefined): AssistantReply {
  const content = result.content.flatMap((piece) => readContent(piece, proofsOf));
  const { timestamp, id } = result.response ?? {};
  return {
    id: id ?? '',
    created: secondsOf(timestamp),
    content,
    stop: stopOf(
      result.finishReason,
      content.some(({ type }) => type === 'tool-call'),
    ),
    usage: usageOf(result.usage),
  };
}

function readContent(content: Content, proofsOf: string | undefined): ReplyContent[] {
  switch (content.type) {
    case 'text':
      return content.text === '' ? [] : [{ type: 'text', text: content.text }];
    case 'reasoning':
      return [{ type: 'reasoning', text: content.text, ...proofOf(content.providerMetadata, proofsOf) }];
    case 'tool-call':
      if (content.providerExecuted === true) return [];
      return [
        { type: 'tool-call', id: content.toolCallId, name: content.toolName, arguments: content.input.trim() || '{}' },
      ];
    default:
      return [];
  }
}

/** What the vendor wants back with its reasoning. */
export function proofOf(
  metadata: unknown,
  proofsOf: string | undefined,
): { readonly signature?: string; readonly redacted?: string } {
  const proofs = proofsOf === undefined ? {} : objectOf(objectOf(metadata)[proofsOf]);
  const signature = textOf(proofs['signature']);
  const redacted = textOf(proofs['redactedData']);
  return { ...(signature && { signature }), ...(redacted && { redacted }) };
}

export function stopOf({ unified, raw }: FinishReason, hasCalls: boolean): StopReason {
  // Claude on Bedrock; the package knows it as `other`.
  if (raw === 'model_context_window_exceeded') return 'length';
  return STOPS[unified] ?? (hasCalls ? 'tool-calls' : 'end');
}

/** Undefined when the vendor did not count. */
export function usageOf({ inputTokens, outputTokens, raw }: GenerateResult['usage']): TokenUsage | undefined {
  if (inputTokens.total === undefined && outputTokens.total === undefined) return undefined;
  const promptTokens = inputTokens.total ?? 0;
  const completionTokens = outputTokens.total ?? 0;
  return {
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    cacheReadTokens: inputTokens.cacheRead ?? 0,
    cacheWriteTokens: inputTokens.cacheWrite ?? 0,
    reasoningTokens: outputTokens.reasoning ?? 0,
    raw: raw ?? {},
  };
}

export function secondsOf(timestamp: Date | undefined): number | undefined {
  const ms = timestamp?.getTime();
  return ms === undefined || Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}
