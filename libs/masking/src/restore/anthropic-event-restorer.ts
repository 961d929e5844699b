import { encodeSseEvent, memberOf, stringOf, type JsonNode, type SseEvent, type TextEdit } from '@sallyport/dialects';
import { ANTHROPIC_REPLY } from '../positions/anthropic-reply.positions';
import type { PositionTable } from '../positions/position-table';
import type { TokenGrants } from '../grants/token-grants';
import { parseEventData, withEditedData } from './event-data';
import type { EventRestorer } from './event-restorer.port';
import { laneEdit } from './lane-edit';
import { restoreEdits } from './restore-body';
import { RestoreLane } from './restore-lane';
import { JsonEscaping, PLAIN } from './value-escaping';

/** Delta types with text to restore, and the member that holds it. Thinking and signatures are not among them. */
const LANE_FIELDS = { text_delta: 'text', input_json_delta: 'partial_json' } as const;
type LaneType = keyof typeof LANE_FIELDS;

const CITATION_TABLE = { ...ANTHROPIC_REPLY, root: '@citation' } as const;
const BLOCK_TABLE = { ...ANTHROPIC_REPLY, root: '@block' } as const;

/** One content block that is being streamed. */
interface OpenBlock {
  /** False for blocks whose deltas pass verbatim, such as calls of tools that the provider runs. */
  readonly restorable: boolean;
  readonly lanes: Map<LaneType, RestoreLane>;
}

/** Restores a stream of `POST /v1/messages`: one lane for each content block and type of delta. */
export class AnthropicEventRestorer implements EventRestorer {
  private readonly blocks = new Map<number, OpenBlock>();

  constructor(private readonly grants: TokenGrants) {}

  restore(event: SseEvent): Uint8Array[] {
    const root = parseEventData(event);
    if (event.data === undefined || root === undefined) return [event.raw];
    const index = indexOf(event.data, root);
    switch (stringOf(event.data, memberOf(root, 'type')) ?? '') {
      case 'content_block_start':
        return [withEditedData(event, this.start(event.data, index, memberOf(root, 'content_block')))];
      case 'content_block_delta':
        return [withEditedData(event, this.delta(event.data, index, memberOf(root, 'delta')))];
      case 'content_block_stop':
        return [...this.close(index), event.raw];
      case 'message_delta':
        return [...this.flush(), withEditedData(event, this.whole(event.data, memberOf(root, 'delta')))];
      case 'message_stop':
        return [...this.flush(), event.raw];
      case 'error':
        return [...this.flush(), withEditedData(event, this.whole(event.data, root))];
      default:
        return [event.raw];
    }
  }

  flush(): Uint8Array[] {
    return Array.from(this.blocks.keys()).flatMap((index) => this.close(index));
  }

  private start(text: string, index: number, node: JsonNode | undefined): TextEdit[] {
    const type = stringOf(text, memberOf(node, 'type'));
    const block = this.open(index, type === 'text' || type === 'tool_use');
    if (!block.restorable) return [];
    // The text that a block starts with continues in its deltas; the rest of the block is there as a whole.
    if (type === 'text') return this.laneEdits(text, block, 'text_delta', memberOf(node, 'text'));
    return this.whole(text, node, BLOCK_TABLE);
  }

  private delta(text: string, index: number, node: JsonNode | undefined): TextEdit[] {
    const type = stringOf(text, memberOf(node, 'type'));
    const block = this.blocks.get(index) ?? this.open(index, true);
    if (!block.restorable) return [];
    const citation = memberOf(node, 'citation');
    if (citation !== undefined) return this.whole(text, citation, CITATION_TABLE);
    if (type !== 'text_delta' && type !== 'input_json_delta') return [];
    return this.laneEdits(text, block, type, memberOf(node, LANE_FIELDS[type]));
  }

  /** Restores a value that one event holds in full. */
  private whole(text: string, node: JsonNode | undefined, table: PositionTable = ANTHROPIC_REPLY): TextEdit[] {
    return node === undefined ? [] : restoreEdits(text, node, table, this.grants);
  }

  private laneEdits(text: string, block: OpenBlock, type: LaneType, node: JsonNode | undefined): TextEdit[] {
    let lane = block.lanes.get(type);
    if (lane === undefined) {
      lane = new RestoreLane(this.grants, type === 'input_json_delta' ? new JsonEscaping() : PLAIN);
      block.lanes.set(type, lane);
    }
    return laneEdit(text, node, lane);
  }

  private open(index: number, restorable: boolean): OpenBlock {
    const block: OpenBlock = { restorable, lanes: new Map() };
    this.blocks.set(index, block);
    return block;
  }

  private close(index: number): Uint8Array[] {
    const lanes = this.blocks.get(index)?.lanes ?? new Map<LaneType, RestoreLane>();
    this.blocks.delete(index);
    return Array.from(lanes)
      .filter(([, lane]) => lane.holds)
      .map(([type, lane]) => {
        const delta = { type, [LANE_FIELDS[type]]: lane.flush() };
        const data = JSON.stringify({ type: 'content_block_delta', index, delta });
        return encodeSseEvent(data, 'content_block_delta');
      });
  }
}

function indexOf(text: string, root: JsonNode): number {
  const node = memberOf(root, 'index');
  return node === undefined ? 0 : Number(text.slice(node.start, node.end));
}
