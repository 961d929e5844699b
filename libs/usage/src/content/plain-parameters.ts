import { isObject, type JsonObject } from '@sallyport/dialects';

/** Numbers and switches of the APIs that are known. Names that are not known might be words of a prompt. */
const MEASURES: ReadonlySet<string> = new Set(
  `background best_of budget_tokens dimensions disable_parallel_tool_use echo exclude frequency_penalty include_usage
  logprobs max_completion_tokens max_output_tokens max_tokens max_tokens_to_sample max_tool_calls min_p n
  output_compression parallel_tool_calls partial_images presence_penalty repetition_penalty return_documents seed speed
  store stream stream_tool_calls temperature top_a top_k top_logprobs top_n top_p enabled`.split(/\s+/),
);
/** Settings that choose among words. */
const CHOICES: ReadonlySet<string> = new Set(
  `background display effort encoding_format moderation output_format quality reasoning_effort response_format
  service_tier size speed style summary thinking tool_choice truncate truncation type verbosity`.split(/\s+/),
);
const WORDS: ReadonlySet<string> = new Set(
  `adaptive any auto b64_json base64 concise default detailed disabled enabled end fast float flex hd high jpeg json low
  max medium minimal mp3 natural none off omitted opaque opus pcm png priority required scale srt standard standard_only
  start summarized text transparent url verbose_json vivid vtt wav webp xhigh`.split(/\s+/),
);
const SIZE = /^\d{2,4}x\d{2,4}$/;
/** Settings that hold others. */
const GROUPS: ReadonlySet<string> = new Set([
  'output_config',
  'reasoning',
  'stream_options',
  'thinking',
  'tool_choice',
]);

/**
 * The parameters of a call that can quote nobody: known numbers and switches, and known words for known settings. What
 * clients make up themselves (tools, schemas, stop sequences, predictions …) is left out.
 */
export function plainParameters(parameters: JsonObject): JsonObject {
  const plain: JsonObject = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (isPlain(name, value)) plain[name] = value;
    else if (GROUPS.has(name) && isObject(value)) {
      const members = Object.entries(value).filter(([member, item]) => isPlain(member, item));
      if (members.length > 0) plain[name] = Object.fromEntries(members);
    }
  }
  return plain;
}

function isPlain(name: string, value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return MEASURES.has(name);
  return typeof value === 'string' && CHOICES.has(name) && (WORDS.has(value) || SIZE.test(value));
}
