import { isObject, parseJson, textOf, type JsonObject } from '../json/json-value';
import type { ReasoningContent } from '../reply/assistant-reply';
import type { ReplyContext } from '../reply/reply-codec.port';
import { sealReasoning } from '../reply/sealed-reasoning';

/** How far an item is; the last one of a reply that was cut off is `incomplete`. */
export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

export function messageItem(id: string, content: readonly JsonObject[], status: ItemStatus): JsonObject {
  return { id, type: 'message', status, role: 'assistant', content };
}

export function textPart(text: string): JsonObject {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

export function refusalPart(refusal: string): JsonObject {
  return { type: 'refusal', refusal };
}

export function summaryPart(text: string): JsonObject {
  return { type: 'summary_text', text };
}

/**
 * Reasoning to be shown as a summary. What another upstream wants back unchanged travels under seal in the field that
 * clients send back without looking.
 */
export function reasoningItem(id: string, { text, signature, redacted }: Omit<ReasoningContent, 'type'>): JsonObject {
  const item = { id, type: 'reasoning', summary: text === '' ? [] : [summaryPart(text)] };
  if (redacted) {
    const block = { type: 'redacted_thinking', data: redacted };
    return { ...item, encrypted_content: sealReasoning('anthropic-messages', block) };
  }
  if (!signature) return item;
  return {
    ...item,
    encrypted_content: sealReasoning('anthropic-messages', { type: 'thinking', thinking: text, signature }),
  };
}

/** A call of a tool, as an item of one reply. */
export interface CallItem {
  readonly id: string;
  /** Whether the tool takes free text instead of arguments. */
  readonly custom: boolean;
  /** @param args JSON text of the arguments so far */
  item(args: string, status: ItemStatus): JsonObject;
}

/** Makes the call items of one reply: clients tell them apart by their ids. */
export class CallItems {
  private readonly customTools: ReadonlySet<unknown>;
  private readonly callIds = new Set<string>();

  constructor(private readonly context: ReplyContext) {
    const { tools } = context.request;
    const custom = Array.isArray(tools) ? tools.filter((tool) => isObject(tool) && tool['type'] === 'custom') : [];
    this.customTools = new Set(custom.map((tool: JsonObject) => tool['name']));
  }

  /** @param call with the upstream's id, which stays if it is the only one of its kind */
  create(call: { readonly id: string; readonly name: string }): CallItem {
    const { name } = call;
    const call_id = call.id === '' || this.callIds.has(call.id) ? `call_${this.context.newId()}` : call.id;
    this.callIds.add(call_id);
    if (this.customTools.has(name)) {
      const id = `ctc_${this.context.newId()}`;
      const item: CallItem['item'] = (args, status) => {
        const input = status === 'in_progress' ? '' : customInput(args);
        return { id, type: 'custom_tool_call', status, call_id, input, name };
      };
      return { id, custom: true, item };
    }
    const id = `fc_${this.context.newId()}`;
    const item: CallItem['item'] = (args, status) => ({
      id,
      type: 'function_call',
      status,
      arguments: args,
      call_id,
      name,
    });
    return { id, custom: false, item };
  }
}

/** The free text for a custom tool: upstreams that know only functions send it as the argument `input`. */
export function customInput(args: string): string {
  const parsed = parseJson(args);
  return (isObject(parsed) ? textOf(parsed['input']) : undefined) ?? args;
}
