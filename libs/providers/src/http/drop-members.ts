import { parseJsonTree } from '@sallyport/dialects';

/**
 * Takes top-level members out of a request and leaves the literals of all others as they are.
 *
 * @param body a JSON object in UTF-8, already known to be valid
 * @returns `body` itself when none of the members is there
 */
export function dropMembers(body: Buffer, names: readonly string[]): Buffer {
  if (names.length === 0) return body;
  const text = body.toString('utf8');
  const root = parseJsonTree(text);
  if (root.type !== 'object') return body;
  const kept: string[] = [];
  let from = root.start + 1;
  for (const { key, value } of root.members) {
    if (!names.includes(key)) kept.push(text.slice(from, value.end).replace(/^[\s,]+/, ''));
    from = value.end;
  }
  return kept.length === root.members.length ? body : Buffer.from(`{${kept.join(',')}}`);
}
