import { applyEdits, parseJsonTree, type JsonNode, type TextEdit } from '@sallyport/dialects';
import { POSITIONS } from '../positions/endpoint-positions';
import type { PositionTable } from '../positions/position-table';
import { walkPositions, type VisitedPosition } from '../positions/walk-positions';
import type { TokenGrants } from '../grants/token-grants';
import { restoreWhole } from './restore-lane';
import { JsonEscaping, PLAIN } from './value-escaping';
import type { MaskedEndpoint } from '../positions/masked-endpoint';

/**
 * Restores a whole reply body. Literals without a granted token keep their bytes. A body that is not JSON is restored
 * as plain text, as error pages of proxies are.
 */
export function restoreBody(dialect: MaskedEndpoint, body: string, grants: TokenGrants): string {
  const root = parseOrUndefined(body);
  if (root === undefined) return restoreWhole(body, grants, PLAIN);
  return applyEdits(body, restoreEdits(body, root, POSITIONS[dialect].reply, grants));
}

/** The edits that restore the positions of `table` below `node`. */
export function restoreEdits(text: string, node: JsonNode, table: PositionTable, grants: TokenGrants): TextEdit[] {
  const edits: TextEdit[] = [];
  walkPositions(text, node, table, ({ node: position, action }) => {
    const literal = text.slice(position.start, position.end);
    const replacement = restoreLiteral(literal, action, grants);
    if (replacement !== literal) edits.push({ start: position.start, end: position.end, replacement });
  });
  return edits;
}

function restoreLiteral(literal: string, action: VisitedPosition['action'], grants: TokenGrants): string {
  if (action === 'data') return restoreWhole(literal, grants, new JsonEscaping());
  const decoded = JSON.parse(literal) as string;
  const restored = restoreWhole(decoded, grants, action === 'json' ? new JsonEscaping() : PLAIN);
  return restored === decoded ? literal : JSON.stringify(restored);
}

function parseOrUndefined(body: string): JsonNode | undefined {
  try {
    return parseJsonTree(body);
  } catch {
    return undefined;
  }
}
