import { applyEdits } from '../json/json-edits';
import { parseJsonTree } from '../json/json-tree';

/**
 * Puts another model name into a request and leaves every other byte as it is.
 *
 * @param body a JSON object in UTF-8, already known to be valid
 * @returns `body` itself when it names that model already
 */
export function replaceModel(body: Buffer, model: string): Buffer {
  const text = body.toString('utf8');
  const root = parseJsonTree(text);
  const members = root.type === 'object' ? root.members.filter((member) => member.key === 'model') : [];
  const literal = JSON.stringify(model);
  const edits = members
    .map(({ value: { start, end } }) => ({ start, end, replacement: literal }))
    .filter(({ start, end }) => text.slice(start, end) !== literal);
  return edits.length === 0 ? body : Buffer.from(applyEdits(text, edits));
}
