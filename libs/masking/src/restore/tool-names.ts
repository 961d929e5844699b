import { stringOf, type JsonNode } from '@sallyport/dialects';

/** Members of a tool call that hold what the tool is given; in all dialects the tool's `name` stands beside them. */
const INPUTS: ReadonlySet<string> = new Set(['input', 'arguments']);

/** The name of the tool that each input in a reply, or a part of one, is given to. */
export function toolNames(text: string, root: JsonNode): ReadonlyMap<JsonNode, string> {
  const names = new Map<JsonNode, string>();
  const visit = (node: JsonNode): void => {
    if (node.type === 'array') node.items.forEach(visit);
    if (node.type !== 'object') return;
    const tool = stringOf(text, node.members.find(({ key }) => key === 'name')?.value);
    for (const { key, value } of node.members) {
      if (tool !== undefined && INPUTS.has(key)) names.set(value, tool);
      else visit(value);
    }
  };
  visit(root);
  return names;
}
