import type Anthropic from '@anthropic-ai/sdk';
import { demand, demandKnownFields, Turns, type Asked, type AskedTool, type Part } from '../asked';

type Request = Anthropic.MessageCreateParams;
type Block = Anthropic.ContentBlockParam;

const FIELDS = [
  ...['model', 'messages', 'max_tokens', 'system', 'stream', 'temperature', 'top_p', 'top_k', 'stop_sequences'],
  ...['tools', 'tool_choice', 'thinking', 'output_config', 'metadata'],
];

/** Reads a message request as the API does: strict about fields, empty texts, the place of results and of thinking. */
export function readMessagesRequest(request: object): Asked {
  demandKnownFields(request, FIELDS);
  const { messages, max_tokens, system, tools, tool_choice, stop_sequences, thinking, output_config } =
    request as Request;
  demand(Number.isInteger(max_tokens) && max_tokens > 0, 'max_tokens is required');
  const thinks = thinking?.type === 'enabled' || thinking?.type === 'adaptive';
  if (thinking?.type === 'enabled') demand(thinking.budget_tokens < max_tokens, 'the budget must fit into max_tokens');
  return {
    system: typeof system === 'string' ? system : (system ?? []).map(({ text }) => text).join('\n'),
    turns: conversation(messages, thinks),
    tools: (tools ?? []).map(toolOf),
    mustCall: tool_choice?.type === 'any' || tool_choice?.type === 'tool',
    stop: stop_sequences ?? [],
    schema: output_config?.format?.schema,
    thinks,
  };
}

function conversation(messages: readonly Anthropic.MessageParam[], thinks: boolean): Asked['turns'] {
  const turns = new Turns();
  let open: string[] = [];
  for (const { role, content } of messages) {
    demand(role !== 'system', 'system messages are not expected');
    const blocks: Block[] = typeof content === 'string' ? [{ type: 'text', text: content }] : [...content];
    demand(blocks.length > 0, 'a message must not be empty');
    demandResults(blocks, open);
    open = blocks.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));
    if (thinks && open.length > 0) demand(blocks[0]?.type === 'thinking', 'a turn with calls must start with thinking');
    turns.add(role, ...blocks.map(partOf));
  }
  demand(open.length === 0, 'calls must be followed by their results');
  return turns.list;
}

/** All results of the calls right before, and they come first. */
function demandResults(blocks: readonly Block[], open: readonly string[]): void {
  const results = blocks.slice(0, open.length).map((block) => (block.type === 'tool_result' ? block.tool_use_id : ''));
  demand(
    open.every((id) => results.includes(id)),
    'calls must be followed by their results',
  );
  demand(
    blocks.slice(open.length).every(({ type }) => type !== 'tool_result'),
    'a result has no call right before',
  );
}

function partOf(block: Block): Part {
  switch (block.type) {
    case 'text':
      demand(block.text.trim() !== '', 'text content blocks must be non-empty');
      return { text: block.text };
    case 'image':
      demand(block.source.type === 'base64', 'only base64 images are expected');
      return { image: `data:${block.source.media_type};base64,${block.source.data}` };
    case 'tool_use':
      return { call: { id: block.id, name: block.name, input: block.input } };
    case 'tool_result':
      return { result: { id: block.tool_use_id, text: resultText(block.content) } };
    case 'thinking':
      demand(block.signature !== '', 'thinking must be signed');
      return { proof: block.signature };
    default:
      throw new Error(`a block of type ${block.type} is not expected`);
  }
}

function resultText(content: Anthropic.ToolResultBlockParam['content']): string {
  if (typeof content === 'string' || content === undefined) return content ?? '';
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

function toolOf(tool: Anthropic.ToolUnion): AskedTool {
  demand('input_schema' in tool, 'only tools of the client are expected');
  return { name: tool.name, description: tool.description, schema: tool.input_schema };
}
