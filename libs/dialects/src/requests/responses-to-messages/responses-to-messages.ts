import { claudeModel } from '../../anthropic-messages/claude-models';
import type { MessagesRequest, MessagesTool } from '../../anthropic-messages/messages-request';
import type { JsonObject } from '../../reply/json-value';
import { RequestTranslation, type RequestTranslator } from '../../translation/request-translation';
import { instructions, metadata, sampling, thinkingFields } from '../chat-to-messages/chat-to-messages';
import { textBlock } from '../chat-to-messages/content-blocks';
import { planOutput } from '../chat-to-messages/output-format';
import { planThinking, roomForThinking, type ThinkingPlan } from '../chat-to-messages/thinking';
import { isForced, readToolUse, type ToolUse } from '../chat-to-messages/tool-choice';
import { inputSchema } from '../chat-to-messages/tools';
import { optionalFlag, optionalNumber, optionalText } from '../from-messages/fields';
import { readInput } from '../from-responses/read-input';
import { checkRequest, nothingSaid, readEffort, readFormat, readSummary } from '../from-responses/read-settings';
import { readTools, type InputTool, type ToolSettings } from '../from-responses/read-tools';
import { chatChoice, chatFormat } from '../responses-to-chat/chat-settings';
import { messagesConversation, type MessagesConversation } from './messages-conversation';
import { RESPONSES_TO_MESSAGES_RULES as RULES } from './responses-to-messages.rules';

/**
 * Turns a Responses request into a Messages request. What chat requests say in the same way, such as the form of the
 * answer, becomes of it what becomes of theirs.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the field
 */
export const responsesToMessages: RequestTranslator = (request, translation) => {
  checkRequest(request, RULES, translation);
  const { system, turns } = readConversation(request, translation);
  const tools = toolUse(readTools(request, RULES.content, translation), turns.calledTools(), translation);
  const thinking = readThinking(request, turns.takesThinking && !isForced(tools.choice), translation);
  const format = readFormat(request, RULES, translation);
  const output = planOutput({ response_format: format && chatFormat(format) }, tools, thinking.on, translation);
  const maxTokens = optionalNumber(request, 'max_output_tokens') ?? translation.traits.defaultMaxTokens;
  const body: MessagesRequest = {
    model: translation.model,
    max_tokens: roomForThinking(maxTokens, thinking),
    ...instructions(system, output),
    messages: turns.toMessages(),
    ...(output.toolUse.tools.length > 0 && { tools: output.toolUse.tools }),
    ...(output.toolUse.choice && { tool_choice: output.toolUse.choice }),
    ...thinkingFields(thinking, output),
    ...sampling({ temperature: request.temperature, top_p: request.top_p }, thinking.on, translation),
    ...metadata({ user: request.user }),
    ...(optionalFlag(request, 'stream') && { stream: true }),
  };
  return { body: { ...body }, ...(output.jsonTool !== undefined && { jsonTool: output.jsonTool }) };
};

function readConversation(request: JsonObject, translation: RequestTranslation): MessagesConversation {
  const { system, turns } = messagesConversation(readInput(request.input, RULES.content, translation), translation);
  system.unshift(...textBlock(optionalText(request, 'instructions') ?? ''));
  if (turns.turns.length > 0) return { system, turns };
  // There has to be a turn: when all a client gave are instructions, the last of them is what the user says.
  const last = system.pop();
  if (last === undefined) throw nothingSaid();
  turns.add('user', [last]);
  return { system, turns };
}

function toolUse(
  { tools, choice, parallel }: ToolSettings,
  calledTools: readonly string[],
  translation: RequestTranslation,
): ToolUse {
  const settings = { tool_choice: chatChoice(choice), parallel_tool_calls: parallel };
  const own = tools.map((tool) => messagesTool(tool, translation));
  return readToolUse(settings, own, calledTools, translation);
}

function messagesTool(
  { name, description, parameters, strict, path }: InputTool,
  translation: RequestTranslation,
): MessagesTool {
  const takesStrict = claudeModel(translation.model).structuredOutput;
  if (strict !== undefined && !takesStrict) translation.drop(`${path}.strict`);
  return {
    name,
    ...(description !== undefined && { description }),
    input_schema: inputSchema(parameters),
    ...(strict !== undefined && takesStrict && { strict }),
  };
}

function readThinking(request: JsonObject, possible: boolean, translation: RequestTranslation): ThinkingPlan {
  const inChatWords = new RequestTranslation(translation.model, translation.traits);
  const plan = planThinking({ reasoning_effort: readEffort(request) }, possible, inChatWords);
  if (inChatWords.dropped.length > 0) translation.drop('reasoning.effort');
  const summary = readSummary(request);
  if (summary === undefined || !plan.on) return plan;
  if (claudeModel(translation.model).thinking !== 'adaptive') return plan;
  return { ...plan, thinking: { ...plan.thinking, display: 'summarized' } };
}
