import { isObject, objectOf, textOf, type JsonObject } from '../json/json-value';
import type { StopReason } from '../reply/assistant-reply';
import type { ReplyContext } from '../reply/reply-codec.port';
import type { TokenUsage } from '../reply/reply-summary';
import { writeResponsesUsage } from './responses-usage';

/** What stays the same of a response from its first event to its last. */
export interface ResponseHead {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly createdAt: number;
}

/** The upstream's id and time where they fit, else fresh ones. */
export function responseHead(id: string, created: number | undefined, context: ReplyContext): ResponseHead {
  return {
    id: id.startsWith('resp_') ? id : `resp_${context.newId()}`,
    createdAt: created ?? context.now(),
  };
}

/** Why a response that ended so is not complete; undefined when it is. */
export function incompleteReason(stop: StopReason): 'max_output_tokens' | 'content_filter' | undefined {
  if (stop === 'length') return 'max_output_tokens';
  return stop === 'refusal' ? 'content_filter' : undefined;
}

/** A response of which nothing has been said yet. */
export function openResponse(head: ResponseHead, context: ReplyContext): JsonObject {
  return response(head, context, {
    status: 'in_progress',
    completed_at: null,
    incomplete_details: null,
    output: [],
    usage: null,
  });
}

/** A response that is over. */
export function endedResponse(
  head: ResponseHead,
  context: ReplyContext,
  { output, stop, usage }: { output: readonly JsonObject[]; stop: StopReason; usage: TokenUsage | undefined },
): JsonObject {
  const reason = incompleteReason(stop);
  return response(head, context, {
    status: reason === undefined ? 'completed' : 'incomplete',
    completed_at: reason === undefined ? context.now() : null,
    incomplete_details: reason === undefined ? null : { reason },
    output,
    usage: writeResponsesUsage(usage),
  });
}

/**
 * The fields that clients expect in every response, settings of the request repeated among them.
 * Source: https://platform.openai.com/docs/api-reference/responses/object
 */
function response(head: ResponseHead, { model, request }: ReplyContext, state: JsonObject): JsonObject {
  return {
    id: head.id,
    object: 'response',
    created_at: head.createdAt,
    background: false,
    error: null,
    access_programs: null,
    instructions: request['instructions'] ?? null,
    max_output_tokens: givenNumber(request['max_output_tokens']),
    model,
    parallel_tool_calls: request['parallel_tool_calls'] !== false,
    previous_response_id: null,
    prompt_cache_key: textOf(request['prompt_cache_key']) ?? null,
    reasoning: { effort: null, summary: null, ...objectOf(request['reasoning']) },
    safety_identifier: textOf(request['safety_identifier']) ?? null,
    // What is not carried to the upstream is not claimed either: nothing is kept, cut down or preferred.
    service_tier: 'default',
    store: false,
    truncation: 'disabled',
    temperature: givenNumber(request['temperature']),
    text: { format: { type: 'text' }, ...(isObject(request['text']) && definedMembers(request['text'])) },
    tool_choice: request['tool_choice'] ?? 'auto',
    tools: Array.isArray(request['tools']) ? request['tools'] : [],
    top_logprobs: 0,
    top_p: givenNumber(request['top_p']),
    user: textOf(request['user']) ?? null,
    metadata: objectOf(request['metadata']),
    ...state,
  };
}

function givenNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function definedMembers(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value != null));
}
