import { memberOf, type JsonNode, type TextEdit } from '@sallyport/dialects';
import { itemsOf } from '../json/json-fields';

/** Log probabilities name pieces of tokens, so they go where masking changed anything. */
export function withoutLogProbabilities(node: JsonNode | undefined, replacement: 'null' | '[]'): TextEdit[] {
  const empty = node === undefined || node.type === 'scalar' || (node.type === 'array' && node.items.length === 0);
  if (node === undefined || (empty && replacement === '[]') || node.type === 'scalar') return [];
  return [{ start: node.start, end: node.end, replacement }];
}

/** Those of the choices of a reply or chunk of chat or completions. */
export function choiceLogProbabilities(root: JsonNode): TextEdit[] {
  return itemsOf(memberOf(root, 'choices')).flatMap((choice) =>
    withoutLogProbabilities(memberOf(choice, 'logprobs'), 'null'),
  );
}

/** Those of the parts of an output item of the Responses API. */
export function itemLogProbabilities(item: JsonNode): TextEdit[] {
  return itemsOf(memberOf(item, 'content')).flatMap((part) =>
    withoutLogProbabilities(memberOf(part, 'logprobs'), '[]'),
  );
}
