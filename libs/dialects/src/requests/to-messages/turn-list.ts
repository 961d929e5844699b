import type { MessagesBlock, MessagesTurn } from '../../anthropic-messages/messages-request';

/** Tool results stand before whatever else their turn has, in the order in which they came. */
class Turn {
  private readonly results: MessagesBlock[] = [];
  private readonly others: MessagesBlock[] = [];

  constructor(readonly role: 'user' | 'assistant') {}

  get blocks(): MessagesBlock[] {
    return [...this.results, ...this.others];
  }

  get hasResults(): boolean {
    return this.results.length > 0;
  }

  add(blocks: readonly MessagesBlock[]): void {
    for (const block of blocks) (block.type === 'tool_result' ? this.results : this.others).push(block);
  }
}

/** Collects the turns of a conversation as Anthropic wants them: neighbours of one role are one turn. */
export class TurnList {
  readonly turns: Turn[] = [];

  add(role: Turn['role'], blocks: readonly MessagesBlock[]): void {
    if (blocks.length === 0) return;
    const last = this.turns.at(-1);
    const turn = last?.role === role ? last : new Turn(role);
    if (turn !== last) this.turns.push(turn);
    turn.add(blocks);
  }

  /** Names of the tools that were called, without repetition. */
  calledTools(): string[] {
    const blocks = this.turns.flatMap((turn) => turn.blocks);
    return [...new Set(blocks.flatMap((block) => (block.type === 'tool_use' ? [block.name] : [])))];
  }

  /**
   * Whether thinking can be asked for: the turn that the model is to carry on must have begun with its signed thinking.
   * That is the turn before tool results, or a last turn of the assistant.
   */
  get takesThinking(): boolean {
    const last = this.turns.at(-1);
    const answered = last?.role === 'assistant' ? last : last?.hasResults ? this.turns.at(-2) : undefined;
    if (answered === undefined) return true;
    const first = answered.blocks[0]?.type;
    return first === 'thinking' || first === 'redacted_thinking';
  }

  /** The turns as they are sent: one plain text is a string. */
  toMessages(): MessagesTurn[] {
    const last = this.turns.at(-1);
    return this.turns.map((turn) => ({
      role: turn.role,
      content: plainText(turn === last ? withoutTrailingSpace(turn) : turn.blocks),
    }));
  }
}

/** A plain text instead of a list of blocks, where nothing is lost by it. */
export function plainText<Block extends MessagesBlock>(blocks: readonly Block[]): string | Block[] {
  const [first] = blocks;
  const plain = blocks.length === 1 && first?.type === 'text' && first.cache_control === undefined;
  return plain ? first.text : [...blocks];
}

/** Anthropic refuses a last turn of the assistant that ends in white space. */
function withoutTrailingSpace({ role, blocks }: Turn): MessagesBlock[] {
  const last = blocks.at(-1);
  if (role !== 'assistant' || last?.type !== 'text') return blocks;
  return [...blocks.slice(0, -1), { ...last, text: last.text.trimEnd() }];
}
