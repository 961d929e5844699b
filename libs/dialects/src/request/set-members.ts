import { applyEdits, type TextEdit } from '../json/json-edits';
import { parseJsonTree } from '../json/json-tree';

/**
 * Gives top-level members of a request new values and leaves every other byte as it is. A member that stands there
 * twice is replaced twice, so that every reader sees the same; one that is missing is put in front.
 *
 * @param body a JSON object in UTF-8, already known to be valid
 * @param values by name; they must be serialisable
 * @returns `body` itself when it says all that already
 */
export function setMembers(body: Buffer, values: Readonly<Record<string, unknown>>): Buffer {
  const text = body.toString('utf8');
  const root = parseJsonTree(text);
  if (root.type !== 'object') return body;
  const replaced: TextEdit[] = [];
  const missing = new Map(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));
  const literals = new Map(missing);
  for (const { key, value } of root.members) {
    const literal = literals.get(key);
    if (literal === undefined) continue;
    missing.delete(key);
    if (text.slice(value.start, value.end) !== literal) {
      replaced.push({ start: value.start, end: value.end, replacement: literal });
    }
  }
  const added = [...missing].map(([name, literal]) => `${JSON.stringify(name)}:${literal}`).join(',');
  const inFront = {
    start: root.start + 1,
    end: root.start + 1,
    replacement: added + (root.members.length > 0 ? ',' : ''),
  };
  const edits = added === '' ? replaced : [inFront, ...replaced];
  return edits.length === 0 ? body : Buffer.from(applyEdits(text, edits));
}
