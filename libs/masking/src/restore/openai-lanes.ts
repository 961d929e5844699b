import { memberOf, type JsonNode } from '@sallyport/dialects';

/** A string of a streamed delta that continues a text. */
export interface DeltaPart {
  /** Names the text within its choice. */
  readonly key: string;
  readonly node: JsonNode;
  readonly isJson: boolean;
  readonly isToolCall: boolean;
  /** A delta with more of the same text, to send what was held back. */
  readonly deltaOf: (text: string) => object;
}

/** Members of a delta that are one text; the last two are extensions of servers that show their reasoning. */
const TEXTS = ['content', 'refusal', 'reasoning_content', 'reasoning'] as const;

/** All parts of texts in the delta of a choice of `POST /v1/chat/completions`. */
export function partsOf(text: string, delta: JsonNode | undefined): DeltaPart[] {
  return [
    ...TEXTS.flatMap((name) => part(name, memberOf(delta, name), false, (value) => ({ [name]: value }))),
    ...part('audio', memberOf(memberOf(delta, 'audio'), 'transcript'), false, (transcript) => ({
      audio: { transcript },
    })),
    ...part('function_call', memberOf(memberOf(delta, 'function_call'), 'arguments'), true, (value) => ({
      function_call: { arguments: value },
    })),
    ...itemsOf(memberOf(delta, 'tool_calls')).flatMap((call, position) => toolCallParts(text, call, position)),
  ];
}

function toolCallParts(text: string, call: JsonNode, position: number): DeltaPart[] {
  const index = numberOf(text, memberOf(call, 'index'), position);
  const toolCall = (fields: object): object => ({ tool_calls: [{ index, ...fields }] });
  const parts = [
    ...part(`tool ${index}`, memberOf(memberOf(call, 'function'), 'arguments'), true, (value) =>
      toolCall({ function: { arguments: value } }),
    ),
    ...part(`custom tool ${index}`, memberOf(memberOf(call, 'custom'), 'input'), false, (input) =>
      toolCall({ custom: { input } }),
    ),
  ];
  return parts.map((found) => ({ ...found, isToolCall: true }));
}

function part(key: string, node: JsonNode | undefined, isJson: boolean, deltaOf: DeltaPart['deltaOf']): DeltaPart[] {
  return node?.type === 'string' ? [{ key, node, isJson, isToolCall: false, deltaOf }] : [];
}

/** The items of an array; none for any other value. */
export function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.type === 'array' ? node.items : [];
}

/** A number of `text`, or `fallback` when there is none. */
export function numberOf(text: string, node: JsonNode | undefined, fallback: number): number {
  return node?.type === 'scalar' ? Number(text.slice(node.start, node.end)) : fallback;
}
