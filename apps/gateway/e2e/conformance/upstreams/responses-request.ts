import type OpenAI from 'openai';
import { demand, demandKnownFields, Turns, type Asked, type AskedTool, type Part } from '../asked';

type Request = OpenAI.Responses.ResponseCreateParams;
type Item = OpenAI.Responses.ResponseInputItem;
type Message = OpenAI.Responses.EasyInputMessage | OpenAI.Responses.ResponseOutputMessage;

const FIELDS = [
  ...['model', 'input', 'instructions', 'stream', 'store', 'include', 'max_output_tokens', 'temperature', 'top_p'],
  ...['tools', 'tool_choice', 'parallel_tool_calls', 'text', 'reasoning', 'user'],
];

/** Reads a Responses request as the API does: strict about fields, and results belong to calls before them. */
export function readResponsesRequest(request: object): Asked {
  demandKnownFields(request, FIELDS);
  const { input, instructions, tools, tool_choice, text, reasoning } = request as Request;
  const items: Item[] = typeof input === 'string' ? [{ role: 'user', content: input }] : (input ?? []);
  const { system, turns } = conversation(items);
  const format = text?.format;
  return {
    system: [...(instructions == null ? [] : [instructions]), ...system].join('\n'),
    turns,
    tools: (tools ?? []).map(toolOf),
    mustCall: tool_choice === 'required' || typeof tool_choice === 'object',
    stop: [],
    schema: format?.type === 'json_schema' ? format.schema : undefined,
    thinks: reasoning?.effort != null,
  };
}

function conversation(items: readonly Item[]): { system: string[]; turns: Asked['turns'] } {
  const system: string[] = [];
  const turns = new Turns();
  const open = new Set<string>();
  for (const item of items) {
    if (isMessage(item)) {
      if (item.role === 'system' || item.role === 'developer') system.push(joined(item));
      else turns.add(item.role, ...messageParts(item));
    } else if (item.type === 'function_call') {
      open.add(item.call_id);
      const input = JSON.parse(item.arguments) as unknown;
      turns.add('assistant', { call: { id: item.call_id, name: item.name, input } });
    } else if (item.type === 'function_call_output') {
      const id = item.call_id ?? '';
      demand(open.delete(id), `no call has the id ${id}`);
      turns.add('user', { result: { id, text: outputText(item.output) } });
    } else {
      demand(item.type === 'reasoning', `an item of type ${String(item.type)} is not expected`);
      demand(typeof item.encrypted_content === 'string', 'reasoning must come with what it was encrypted to');
      turns.add('assistant', { proof: item.encrypted_content });
    }
  }
  demand(open.size === 0, 'calls must have results');
  return { system, turns: turns.list };
}

function isMessage(item: Item): item is Message {
  return 'role' in item;
}

function messageParts({ content }: Message): Part[] {
  if (typeof content === 'string') return [{ text: content }];
  return content.map((part) => {
    if (part.type === 'input_text' || part.type === 'output_text') return { text: part.text };
    demand(part.type === 'input_image', `a part of type ${part.type} is not expected`);
    return { image: part.image_url ?? '' };
  });
}

function joined(message: Message): string {
  return messageParts(message)
    .map((part) => ('text' in part ? part.text : ''))
    .join('');
}

function outputText(output: OpenAI.Responses.ResponseInputItem.FunctionCallOutput['output']): string {
  if (typeof output === 'string') return output;
  return output.map((part) => (part.type === 'input_text' ? part.text : '')).join('');
}

function toolOf(tool: OpenAI.Responses.Tool): AskedTool {
  demand(tool.type === 'function', `a tool of type ${tool.type} is not expected`);
  return { name: tool.name, description: tool.description ?? undefined, schema: tool.parameters };
}
