import { encodeSseEvent, memberOf, stringOf, type JsonNode, type SseEvent, type TextEdit } from '@sallyport/dialects';
import { ANTHROPIC_REPLY } from '../positions/anthropic-reply.positions';
import type { PositionTable } from '../positions/position-table';
import { parseEventData, withEditedData } from './event-data';
import type { EventRestorer } from './event-restorer.port';
import { laneEdit } from './lane-edit';
import type { ReplySession } from './reply-session';
import { restorePositions, restoreReply } from './restore-body';
import type { RestoreLane } from './restore-lane';

/** Delta types with text to restore, and the member that holds it. Thinking and signatures are not among them. */
const LANE_FIELDS = { text_delta: 'text', input_json_delta: 'partial_json' } as const;
type LaneType = keyof typeof LANE_FIELDS;

const CITATION_TABLE = { ...ANTHROPIC_REPLY, root: '@citation' } as const;
const BLOCK_TABLE = { ...ANTHROPIC_REPLY, root: '@block' } as const;

/** One content block that is being streamed. */
interface OpenBlock {
  /** False for blocks whose deltas pass verbatim, such as calls of tools that the provider runs. */
  readonly isRestorable: boolean;
  readonly tool: string | undefined;
  readonly lanes: Map<LaneType, RestoreLane>;
}

/** Restores a stream of `POST /v1/messages`: one lane for each content block and type of delta. */
export class AnthropicEventRestorer implements EventRestorer {
  readonly nextSequenceNumber = 0;
  isComplete = false;
  private readonly blocks = new Map<number, OpenBlock>();

  constructor(private readonly session: ReplySession) {}

  restore(event: SseEvent): Uint8Array[] {
    const root = parseEventData(event);
    const { data } = event;
    if (data === undefined || root === undefined) return [event.raw];
    const index = indexOf(data, root);
    switch (stringOf(data, memberOf(root, 'type')) ?? event.event) {
      case 'message_start':
        return [withEditedData(event, this.reply(data, memberOf(root, 'message')))];
      case 'content_block_start':
        return [...this.close(index), withEditedData(event, this.start(data, index, memberOf(root, 'content_block')))];
      case 'content_block_delta':
        return [withEditedData(event, this.delta(data, index, memberOf(root, 'delta')))];
      case 'content_block_stop':
        return [...this.close(index), event.raw];
      case 'message_delta':
        return [...this.flush(), withEditedData(event, this.reply(data, memberOf(root, 'delta')))];
      case 'message_stop':
        this.isComplete = true;
        return [...this.flush(), event.raw];
      case 'error':
        this.isComplete = true;
        return [...this.flush(), withEditedData(event, this.reply(data, root))];
      default:
        return [event.raw];
    }
  }

  flush(): Uint8Array[] {
    return Array.from(this.blocks.keys()).flatMap((index) => this.close(index));
  }

  private start(text: string, index: number, node: JsonNode | undefined): TextEdit[] {
    const type = stringOf(text, memberOf(node, 'type'));
    const tool = stringOf(text, memberOf(node, 'name'));
    const block: OpenBlock = { isRestorable: type === 'text' || type === 'tool_use', tool, lanes: new Map() };
    this.blocks.set(index, block);
    if (node === undefined) return [];
    // The text that a block starts with continues in its deltas; the rest of the block is there as a whole.
    const begun = type === 'text' ? memberOf(node, 'text') : undefined;
    return [
      ...this.positions(text, node, BLOCK_TABLE, begun),
      ...(begun === undefined ? [] : laneEdit(text, begun, this.laneOf(block, 'text_delta'))),
    ];
  }

  private delta(text: string, index: number, node: JsonNode | undefined): TextEdit[] {
    const type = stringOf(text, memberOf(node, 'type'));
    const block = this.blocks.get(index) ?? this.openUnseen(index);
    if (!block.isRestorable) return [];
    const citation = memberOf(node, 'citation');
    if (citation !== undefined) return this.positions(text, citation, CITATION_TABLE);
    if (type !== 'text_delta' && type !== 'input_json_delta') return [];
    return laneEdit(text, memberOf(node, LANE_FIELDS[type]), this.laneOf(block, type));
  }

  /** A block whose start did not come. */
  private openUnseen(index: number): OpenBlock {
    const block = { isRestorable: true, tool: undefined, lanes: new Map<LaneType, RestoreLane>() };
    this.blocks.set(index, block);
    return block;
  }

  private reply(text: string, node: JsonNode | undefined): TextEdit[] {
    return node === undefined ? [] : restoreReply(text, node, ANTHROPIC_REPLY, this.session);
  }

  private positions(text: string, node: JsonNode, table: PositionTable, except?: JsonNode): TextEdit[] {
    return restorePositions(text, node, table, this.session, (position) => (position === except ? undefined : {}));
  }

  private laneOf(block: OpenBlock, type: LaneType): RestoreLane {
    const known = block.lanes.get(type);
    if (known !== undefined) return known;
    const lane = this.session.lane({ isJson: type === 'input_json_delta', tool: block.tool });
    block.lanes.set(type, lane);
    return lane;
  }

  private close(index: number): Uint8Array[] {
    const lanes = Array.from(this.blocks.get(index)?.lanes ?? []);
    this.blocks.delete(index);
    return lanes.flatMap(([type, lane]) => {
      const rest = lane.finish();
      if (rest === '') return [];
      const delta = { type, [LANE_FIELDS[type]]: rest };
      return [encodeSseEvent(JSON.stringify({ type: 'content_block_delta', index, delta }), 'content_block_delta')];
    });
  }
}

function indexOf(text: string, root: JsonNode): number {
  const node = memberOf(root, 'index');
  return node === undefined ? 0 : Number(text.slice(node.start, node.end));
}
