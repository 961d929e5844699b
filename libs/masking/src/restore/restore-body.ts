import { applyEdits, JsonDepthError, memberOf, parseJsonTree, type JsonNode, type TextEdit } from '@sallyport/dialects';
import { itemsOf } from '../json/json-fields';
import { POSITIONS } from '../positions/endpoint-positions';
import type { MaskedEndpoint } from '../positions/masked-endpoint';
import type { PositionTable } from '../positions/position-table';
import { walkPositions, type VisitedPosition } from '../positions/walk-positions';
import type { LaneForm, ReplySession } from './reply-session';
import { restoreWhole } from './restore-lane';
import { choiceLogProbabilities, itemLogProbabilities } from './token-log-probabilities';
import { toolNames } from './tool-names';

/** Members of a reply that hold what the model wrote. Others repeat the request or tell of an error. */
const WRITTEN: readonly string[] = ['content', 'choices', 'output'];

/**
 * Restores a whole reply body. Literals without a granted token keep their bytes. A body that is not JSON is restored
 * as plain text, as error pages of proxies are; one that nests too deep to be walked stays as it is.
 */
export function restoreBody(endpoint: MaskedEndpoint, body: string, session: ReplySession): string {
  const root = parseBody(body);
  if (root === 'too deep') return body;
  if (root === 'no JSON') return restoreWhole(body, session.laneOptions({ isRepeated: true }));
  if (endpoint === 'openai-responses') session.meetResponse(body, root);
  const edits = [
    ...restoreReply(body, root, POSITIONS[endpoint].reply, session),
    ...(session.isMasked ? logProbabilities(root) : []),
  ];
  return applyEdits(
    body,
    edits.toSorted((a, b) => a.start - b.start),
  );
}

/** The edits that restore a reply, of which only what the model wrote is remembered. */
export function restoreReply(
  text: string,
  root: JsonNode,
  table: PositionTable,
  session: ReplySession,
  isRepeated = false,
): TextEdit[] {
  const written = WRITTEN.flatMap((name) => memberOf(root, name) ?? []);
  return restorePositions(text, root, table, session, (node) => ({
    isRepeated: isRepeated || !written.some(({ start, end }) => start <= node.start && node.end <= end),
  }));
}

/**
 * The edits that restore the positions of `table` below `node`.
 *
 * @param formOf what is known of a position apart from the table and the name of a tool; undefined to leave it
 */
export function restorePositions(
  text: string,
  node: JsonNode,
  table: PositionTable,
  session: ReplySession,
  formOf: (position: JsonNode) => LaneForm | undefined,
): TextEdit[] {
  const edits: TextEdit[] = [];
  const tools = toolNames(text, node);
  walkPositions(text, node, table, ({ node: position, action }) => {
    const form = formOf(position);
    if (form === undefined) return;
    const literal = text.slice(position.start, position.end);
    const replacement = restoreLiteral(literal, action, { tool: tools.get(position), ...form }, session);
    if (replacement !== literal) edits.push({ start: position.start, end: position.end, replacement });
  });
  return edits;
}

function restoreLiteral(
  literal: string,
  action: VisitedPosition['action'],
  form: LaneForm,
  session: ReplySession,
): string {
  if (action === 'data') return restoreWhole(literal, session.laneOptions({ ...form, isJson: true }));
  const decoded = JSON.parse(literal) as string;
  const restored = restoreWhole(decoded, session.laneOptions({ ...form, isJson: action === 'json' }));
  return restored === decoded ? literal : JSON.stringify(restored);
}

function logProbabilities(root: JsonNode): TextEdit[] {
  return [...choiceLogProbabilities(root), ...itemsOf(memberOf(root, 'output')).flatMap(itemLogProbabilities)];
}

function parseBody(body: string): JsonNode | 'no JSON' | 'too deep' {
  try {
    return parseJsonTree(body);
  } catch (error) {
    if (error instanceof SyntaxError) return 'no JSON';
    if (error instanceof JsonDepthError) return 'too deep';
    throw error;
  }
}
