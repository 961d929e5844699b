import { memberOf, stringOf, type JsonNode } from '@sallyport/dialects';
import { itemsOf, numberOf } from '../json/json-fields';

/** A string of a streamed choice that continues a text. */
export interface ChoicePart {
  /** Names the text within its choice. */
  readonly key: string;
  readonly node: JsonNode;
  readonly isJson: boolean;
  readonly isToolCall: boolean;
  /** The members of a choice with more of the same text, to send what was held back. */
  readonly choiceOf: (text: string) => object;
}

/** Where the texts of a streamed choice stand. */
export interface ChoiceForm {
  /** All parts of texts in a choice. */
  partsOf(text: string, choice: JsonNode): ChoicePart[];
  /** Names of the tools that a choice calls, by the keys of their parts. */
  toolsOf(text: string, choice: JsonNode): Map<string, string>;
}

/** Members of a delta that are one text; the last two are extensions of servers that show their reasoning. */
const TEXTS = ['content', 'refusal', 'reasoning_content', 'reasoning'] as const;

/** A choice of `POST /v1/completions`: its text is all there is. */
export const COMPLETIONS_CHOICE: ChoiceForm = {
  partsOf: (_text, choice) => part('text', memberOf(choice, 'text'), false, (text) => ({ text, logprobs: null })),
  toolsOf: () => new Map(),
};

/** A choice of `POST /v1/chat/completions`. */
export const CHAT_CHOICE: ChoiceForm = {
  partsOf(text, choice) {
    const delta = memberOf(choice, 'delta');
    return [
      ...TEXTS.flatMap((name) => part(name, memberOf(delta, name), false, (value) => ({ delta: { [name]: value } }))),
      ...part('audio', memberOf(memberOf(delta, 'audio'), 'transcript'), false, (transcript) => ({
        delta: { audio: { transcript } },
      })),
      ...part('function_call', memberOf(memberOf(delta, 'function_call'), 'arguments'), true, (value) => ({
        delta: { function_call: { arguments: value } },
      })),
      ...itemsOf(memberOf(delta, 'tool_calls')).flatMap((call, order) => toolCallParts(text, call, order)),
    ];
  },
  toolsOf(text, choice) {
    const delta = memberOf(choice, 'delta');
    const tools = new Map<string, string>();
    const add = (key: string, call: JsonNode | undefined): void => {
      const name = stringOf(text, memberOf(call, 'name'));
      if (name !== undefined) tools.set(key, name);
    };
    add('function_call', memberOf(delta, 'function_call'));
    itemsOf(memberOf(delta, 'tool_calls')).forEach((call, order) => {
      const index = numberOf(text, memberOf(call, 'index'), order);
      add(`tool ${index}`, memberOf(call, 'function'));
      add(`custom tool ${index}`, memberOf(call, 'custom'));
    });
    return tools;
  },
};

function toolCallParts(text: string, call: JsonNode, order: number): ChoicePart[] {
  const index = numberOf(text, memberOf(call, 'index'), order);
  const toolCall = (fields: object): object => ({ delta: { tool_calls: [{ index, ...fields }] } });
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

function part(
  key: string,
  node: JsonNode | undefined,
  isJson: boolean,
  choiceOf: ChoicePart['choiceOf'],
): ChoicePart[] {
  return node?.type === 'string' ? [{ key, node, isJson, isToolCall: false, choiceOf }] : [];
}
