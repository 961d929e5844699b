import { isObject, type JsonObject } from '../../json/json-value';
import { at, malformed, objectsOf, optionalObject, requiredObject, requiredText } from '../fields';
import type { RequestTranslation } from '../request-translation';
import type { RuleTable } from '../translation-rules';

/** What a chat request wants to be called; `allowed_tools` narrows the choice to some of the tools. */
export type ChatChoice = 'auto' | 'none' | 'required' | ChosenTool | AllowedChoice;

export interface ChosenTool {
  readonly type: string;
  readonly name: string;
}

export interface AllowedChoice {
  readonly type: 'allowed_tools';
  readonly mode: 'auto' | 'required';
  readonly tools: readonly ChosenTool[];
}

const WORDS = ['auto', 'none', 'required'] as const;
const KINDS = ['function', 'custom', 'allowed_tools'];

/**
 * Reads `tool_choice`, or the deprecated `function_call` when it is absent.
 *
 * @param rules of the pair, for each kind of choice
 * @returns undefined when the choice is left to the model
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the choice
 */
export function readToolChoice(
  request: JsonObject,
  rules: RuleTable,
  translation: RequestTranslation,
): ChatChoice | undefined {
  const choice = request['tool_choice'] ?? undefined;
  if (choice === undefined) return legacyChoice(request);
  const path = 'tool_choice';
  const word = WORDS.find((known) => known === choice);
  const type = isObject(choice) ? requiredText(choice, 'type', path) : undefined;
  const kind = word ?? KINDS.find((known) => known === type) ?? 'other';
  if (!translation.checkContent(rules, `tool_choice: ${kind}`, choice, path) || !isObject(choice)) return word;
  return kind === 'allowed_tools' ? allowedTools(choice) : chosenTool(choice, path);
}

function legacyChoice(request: JsonObject): ChatChoice | undefined {
  const choice = request['function_call'];
  if (choice === 'auto' || choice === 'none') return choice;
  if (typeof choice === 'string') throw malformed('function_call', '"auto", "none" or an object with a name');
  const named = optionalObject(request, 'function_call');
  return named && { type: 'function', name: requiredText(named, 'name', 'function_call') };
}

function allowedTools(choice: JsonObject): AllowedChoice {
  const path = 'tool_choice.allowed_tools';
  const { mode = 'auto', tools } = requiredObject(choice, 'allowed_tools', 'tool_choice');
  if (mode !== 'auto' && mode !== 'required') throw malformed(at(path, 'mode'), 'auto or required');
  const chosen = objectsOf(tools, at(path, 'tools')).map((tool) => chosenTool(tool.value, tool.path));
  return { type: 'allowed_tools', mode, tools: chosen };
}

/** `{type, function: {name}}` as `{type, name}`. */
function chosenTool(choice: JsonObject, path: string): ChosenTool {
  const type = requiredText(choice, 'type', path);
  return { type, name: requiredText(requiredObject(choice, type, path), 'name', at(path, type)) };
}
