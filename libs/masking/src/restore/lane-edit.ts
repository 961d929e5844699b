import { stringOf, type JsonNode, type TextEdit } from '@sallyport/dialects';
import type { RestoreLane } from './restore-lane';

/**
 * Sends a string of an event through its lane.
 *
 * @param isLast whether the lane gives out what it holds
 * @returns the edit that the lane makes of it; none when the string passes unchanged or the node is no string
 */
export function laneEdit(text: string, node: JsonNode | undefined, lane: RestoreLane, isLast = false): TextEdit[] {
  const part = stringOf(text, node);
  if (node === undefined || part === undefined) return [];
  const passed = isLast ? lane.push(part) + lane.flush() : lane.push(part);
  return passed === part ? [] : [{ start: node.start, end: node.end, replacement: JSON.stringify(passed) }];
}
