import type OpenAI from 'openai';
import { demand, demandKnownFields, Turns, type Asked, type AskedTool, type Part } from '../asked';

type Request = OpenAI.Chat.ChatCompletionCreateParams;
type Message = OpenAI.Chat.ChatCompletionMessageParam;

const FIELDS = [
  ...['model', 'messages', 'stream', 'stream_options', 'max_tokens', 'max_completion_tokens', 'temperature', 'top_p'],
  ...['stop', 'n', 'tools', 'tool_choice', 'parallel_tool_calls', 'response_format', 'reasoning_effort', 'user'],
];

/** Reads a chat as the API does: strict about fields, roles and the place of results. */
export function readChatRequest(request: object): Asked {
  demandKnownFields(request, FIELDS);
  const { messages, tools, tool_choice, stop, response_format, reasoning_effort } = request as Request;
  return {
    ...conversation(messages),
    tools: (tools ?? []).map(toolOf),
    mustCall: tool_choice === 'required' || typeof tool_choice === 'object',
    stop: typeof stop === 'string' ? [stop] : (stop ?? []),
    schema: response_format?.type === 'json_schema' ? response_format.json_schema.schema : undefined,
    thinks: reasoning_effort != null,
  };
}

function conversation(messages: readonly Message[]): Pick<Asked, 'system' | 'turns'> {
  const system: string[] = [];
  const turns = new Turns();
  const open = new Set<string>();
  for (const message of messages) {
    if (message.role === 'tool') {
      demand(open.delete(message.tool_call_id), `no call right before has the id ${message.tool_call_id}`);
      turns.add('user', { result: { id: message.tool_call_id, text: joined(message.content) } });
      continue;
    }
    demand(open.size === 0, 'calls must be followed by their results');
    if (message.role === 'system' || message.role === 'developer') system.push(joined(message.content));
    else if (message.role === 'user') turns.add('user', ...userParts(message.content));
    else if (message.role === 'assistant') {
      turns.add('assistant', ...assistantParts(message));
      message.tool_calls?.forEach(({ id }) => open.add(id));
    }
  }
  return { system: system.join('\n'), turns: turns.list };
}

function userParts(content: OpenAI.Chat.ChatCompletionUserMessageParam['content']): Part[] {
  if (typeof content === 'string') return [{ text: content }];
  return content.map((part) => {
    if (part.type === 'text') return { text: part.text };
    demand(part.type === 'image_url', `a part of type ${part.type} is not expected`);
    return { image: part.image_url.url };
  });
}

function assistantParts({ content, tool_calls: calls }: OpenAI.Chat.ChatCompletionAssistantMessageParam): Part[] {
  demand(content != null || (calls?.length ?? 0) > 0, 'an assistant message needs content or calls');
  const text = content == null ? '' : joined(content);
  return [
    ...(text === '' ? [] : [{ text }]),
    ...(calls ?? []).map((call) => {
      demand(call.type === 'function', `a call of type ${call.type} is not expected`);
      const input = JSON.parse(call.function.arguments) as unknown;
      return { call: { id: call.id, name: call.function.name, input } };
    }),
  ];
}

function joined(content: string | readonly ({ type: string } | { type: 'text'; text: string })[]): string {
  if (typeof content === 'string') return content;
  return content.map((part) => ('text' in part ? part.text : '')).join('');
}

function toolOf(tool: OpenAI.Chat.ChatCompletionTool): AskedTool {
  demand(tool.type === 'function', `a tool of type ${tool.type} is not expected`);
  const { name, description, parameters } = tool.function;
  return { name, description, schema: parameters };
}
