import {
  at,
  malformed,
  objectsOf,
  optionalFlag,
  optionalObject,
  optionalText,
  isObject,
  requiredObject,
  requiredText,
  type JsonObject,
  type RequestTranslation,
} from '@sallyport/dialects';
import type { CallOptions } from './ai-models';
import { AI_SDK_CONTENT } from './ai-sdk.rules';

type Tool = Extract<NonNullable<CallOptions['tools']>[number], { type: 'function' }>;
type ToolChoice = NonNullable<CallOptions['toolChoice']>;

const NO_PARAMETERS = { type: 'object', properties: {} } as const;

/**
 * The functions that a chat request offers, those of older clients too.
 *
 * @throws SallyportError `dialect_unsupported`, `invalid_request`
 */
export function toolsOf(request: JsonObject, translation: RequestTranslation): Tool[] {
  if ((request['tools'] ?? undefined) === undefined) {
    return objectsOf(request['functions'], 'functions').map(({ value, path }) => toolOf(value, path));
  }
  return objectsOf(request['tools'], 'tools').flatMap(({ value, path }) => {
    const kind = value['type'] === 'function' ? 'function' : 'other';
    if (!translation.checkContent(AI_SDK_CONTENT, `tool: ${kind}`, value, path)) return [];
    return toolOf(requiredObject(value, 'function', path), at(path, 'function'));
  });
}

function toolOf(fn: JsonObject, path: string): Tool {
  const description = optionalText(fn, 'description', path);
  const strict = optionalFlag(fn, 'strict', path);
  return {
    type: 'function',
    name: requiredText(fn, 'name', path),
    ...(description !== undefined && { description }),
    inputSchema: optionalObject(fn, 'parameters', path) ?? NO_PARAMETERS,
    ...(strict !== undefined && { strict }),
  };
}

/** @throws SallyportError `dialect_unsupported`, `invalid_request` */
export function toolChoiceOf(request: JsonObject, translation: RequestTranslation): ToolChoice | undefined {
  const name = (request['tool_choice'] ?? undefined) === undefined ? 'function_call' : 'tool_choice';
  const choice = request[name] ?? undefined;
  if (choice === undefined) return undefined;
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { type: choice };
  if (!isObject(choice)) throw malformed(name, 'auto, none, required or an object');
  if (name === 'function_call') return { type: 'tool', toolName: requiredText(choice, 'name', name) };
  if (choice['type'] === 'function') {
    const fn = requiredObject(choice, 'function', name);
    return { type: 'tool', toolName: requiredText(fn, 'name', at(name, 'function')) };
  }
  translation.checkContent(AI_SDK_CONTENT, 'tool_choice: other', choice, name);
  return undefined;
}
