import type { MessagesTool, MessagesToolChoice } from '../../anthropic-messages/messages-request';
import { isObject, type JsonObject } from '../../reply/json-value';
import type { RequestTranslation } from '../../translation/request-translation';
import { malformed, optionalFlag, optionalObject, requiredObject, requiredText } from '../from-messages/fields';
import { CHAT_TO_MESSAGES_RULES } from './chat-to-messages.rules';
import { at, objectsOf } from './read-chat';
import { toolNamed } from './tools';

const { content: RULES } = CHAT_TO_MESSAGES_RULES;
const CHOICES: Readonly<Record<string, MessagesToolChoice>> = {
  auto: { type: 'auto' },
  none: { type: 'none' },
  required: { type: 'any' },
};

/** The tools that the model sees, and what it may do with them; undefined when that is up to the model. */
export interface ToolUse {
  readonly tools: MessagesTool[];
  readonly choice: MessagesToolChoice | undefined;
}

/**
 * @param tools of the client
 * @param calledTools names of tools that were called earlier in the conversation
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the choice
 */
export function readToolUse(
  request: JsonObject,
  tools: MessagesTool[],
  calledTools: readonly string[],
  translation: RequestTranslation,
): ToolUse {
  const parallel = optionalFlag(request, 'parallel_tool_calls');
  const given = readChoice(request, tools, translation);
  if (tools.length === 0) {
    for (const name of ['tool_choice', 'function_call', 'parallel_tool_calls']) {
      if ((request[name] ?? undefined) !== undefined) translation.drop(name);
    }
    // Anthropic refuses calls in the history of a request that defines no tools.
    if (calledTools.length > 0) return { tools: calledTools.map(toolNamed), choice: { type: 'none' } };
    return { tools, choice: undefined };
  }
  if (parallel !== false || given.choice?.type === 'none') return given;
  return { ...given, choice: { ...(given.choice ?? { type: 'auto' }), disable_parallel_tool_use: true } };
}

/** Whether the model has to call a tool. */
export function isForced(choice: MessagesToolChoice | undefined): boolean {
  return choice?.type === 'any' || choice?.type === 'tool';
}

function readChoice(request: JsonObject, tools: MessagesTool[], translation: RequestTranslation): ToolUse {
  const choice = request['tool_choice'] ?? undefined;
  if (choice === undefined) return { tools, choice: legacyChoice(request) };
  const path = 'tool_choice';
  if (!isObject(choice)) {
    const known = typeof choice === 'string' && Object.hasOwn(CHOICES, choice) ? choice : 'other';
    if (!translation.checkContent(RULES, `tool_choice: ${known}`, choice, path)) return { tools, choice: undefined };
    return { tools, choice: CHOICES[known] };
  }
  const type = requiredText(choice, 'type', path);
  const kind = ['function', 'allowed_tools', 'custom'].includes(type) ? type : 'other';
  if (!translation.checkContent(RULES, `tool_choice: ${kind}`, choice, path)) return { tools, choice: undefined };
  if (type === 'allowed_tools') return allowedTools(requiredObject(choice, type, path), at(path, type), tools);
  const name = requiredText(requiredObject(choice, 'function', path), 'name', at(path, 'function'));
  return { tools, choice: { type: 'tool', name } };
}

/** The deprecated `function_call`. */
function legacyChoice(request: JsonObject): MessagesToolChoice | undefined {
  const choice = request['function_call'];
  if (choice === 'auto' || choice === 'none') return { type: choice };
  if (typeof choice === 'string') throw malformed('function_call', '"auto", "none" or an object with a name');
  const named = optionalObject(request, 'function_call');
  return named && { type: 'tool', name: requiredText(named, 'name', 'function_call') };
}

function allowedTools(allowed: JsonObject, path: string, tools: MessagesTool[]): ToolUse {
  const named = objectsOf(allowed['tools'], at(path, 'tools')).map(({ value, path: toolPath }) =>
    requiredText(requiredObject(value, 'function', toolPath), 'name', at(toolPath, 'function')),
  );
  const names = new Set(named);
  const left = tools.filter(({ name }) => names.has(name));
  if (left.length === 0) throw malformed(at(path, 'tools'), 'a list with at least one of the tools');
  return { tools: left, choice: { type: allowed['mode'] === 'required' ? 'any' : 'auto' } };
}
