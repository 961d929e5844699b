/** `o1`, `o3-mini`, `gpt-5.1`, with or without a vendor before them; not the chat variant of gpt-5. */
const REASONING_MODEL = /(?:^|[/:])(?:o[1-9]|gpt-(?!5-chat)(?:[5-9]|[1-9]\d))(?![a-z\d])/i;

/**
 * Whether a model of OpenAI reasons before it answers. Such models take no temperature but 1 and no `top_p`, and
 * instructions in the role `developer`. Source: https://platform.openai.com/docs/guides/reasoning
 *
 * @param model the upstream's name of it, such as `o3-mini` or `openai/gpt-5`
 */
export function isReasoningModel(model: string): boolean {
  return REASONING_MODEL.test(model);
}
