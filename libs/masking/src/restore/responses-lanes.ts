import { memberOf, stringOf, type JsonNode } from '@sallyport/dialects';
import type { PositionTable } from '../positions/position-table';

/** What one kind of text is. */
interface ResponsesLaneForm {
  readonly isJson: boolean;
  /** Whether a tool is given the text. */
  readonly isCall: boolean;
}

const TEXT = { isJson: false, isCall: false };

/**
 * The texts that a stream of `POST /v1/responses` sends in deltas, by what stands between `response.` and `.delta`.
 * What the provider runs itself is not among them: its input and output come back to it in the next request.
 */
const LANES: Readonly<Record<string, ResponsesLaneForm>> = {
  output_text: TEXT,
  reasoning_text: TEXT,
  reasoning_summary_text: TEXT,
  refusal: TEXT,
  'audio.transcript': TEXT,
  function_call_arguments: { isJson: true, isCall: true },
  custom_tool_call_input: { isJson: false, isCall: true },
  shell_call_command: { isJson: false, isCall: true },
};

/** Where an event that begins or ends such a text says all of it. */
export const WHOLE_TEXT_TABLE = {
  root: '@event',
  shapes: {
    event: {
      fields: {
        text: 'text',
        refusal: 'text',
        transcript: 'text',
        name: 'text',
        arguments: 'json',
        input: 'text',
        command: 'text',
      },
      rest: 'keep',
    },
  },
} as const satisfies PositionTable;

/** Members that say which text of an output item an event is about. */
const PARTS = ['content_index', 'summary_index', 'command_index'] as const;

/** An event about a text that is sent in deltas. */
export interface ResponsesLaneEvent {
  readonly form: ResponsesLaneForm;
  /** Whether it is more of the text, its beginning, or all of it once more. */
  readonly phase: 'added' | 'delta' | 'done';
  /** Names the text within the response. */
  readonly key: string;
}

const LANE_EVENT = /^response\.(.+)\.(added|delta|done)$/;

/** @returns undefined for all other events */
export function laneEventOf(text: string, type: string, root: JsonNode): ResponsesLaneEvent | undefined {
  const [, name = '', phase = ''] = LANE_EVENT.exec(type) ?? [];
  const form = Object.hasOwn(LANES, name) ? LANES[name] : undefined;
  if (form === undefined) return undefined;
  const part = PARTS.map((member) => literalOf(text, root, member)).join(' ');
  return { form, phase: phase as ResponsesLaneEvent['phase'], key: `${itemKeyOf(text, root)} ${name} ${part}` };
}

/** Names the output item that an event is about. */
export function itemKeyOf(text: string, root: JsonNode): string {
  return literalOf(text, root, 'output_index') || (stringOf(text, memberOf(root, 'item_id')) ?? '');
}

function literalOf(text: string, root: JsonNode, member: string): string {
  const node = memberOf(root, member);
  return node === undefined ? '' : text.slice(node.start, node.end);
}
