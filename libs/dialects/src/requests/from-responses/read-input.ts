import { isObject, textOf, type JsonObject } from '../../json/json-value';
import { safeToolCallId } from '../../reply/tool-call-id';
import { malformed, requiredText } from '../fields';
import type { RequestTranslation } from '../request-translation';
import type { RuleTable } from '../translation-rules';
import { PartReader, type InputPart } from './read-parts';

/** A Responses input in the order of a conversation: what the items of one assistant turn say stands together. */
export type InputTurn = SystemTurn | UserTurn | AssistantTurn;

export interface SystemTurn {
  readonly role: 'system';
  readonly texts: readonly string[];
}

export interface UserTurn {
  readonly role: 'user';
  readonly parts: readonly InputPart[];
}

/** What the assistant said and called, and what its calls gave. Only results when they came for no known call. */
export interface AssistantTurn {
  readonly role: 'assistant';
  readonly said: Utterance[];
  readonly calls: ToolCall[];
  readonly results: ToolResult[];
}

export type Utterance =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly item: JsonObject; readonly path: string };

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
  readonly path: string;
}

export interface ToolResult {
  readonly id: string;
  readonly parts: readonly InputPart[];
}

/**
 * Reads `input`. Calls join the assistant's text before them, results join their calls wherever they stand: both other
 * APIs want all results directly behind all calls of a turn.
 *
 * @param rules of the pair, for each kind of item and part
 * @throws SallyportError `invalid_request` for what is malformed, `dialect_unsupported` for what is refused
 */
export function readInput(input: unknown, rules: RuleTable, translation: RequestTranslation): InputTurn[] {
  if (input === undefined || input === null) return [];
  if (typeof input === 'string') return [{ role: 'user', parts: [{ type: 'text', text: input }] }];
  if (!Array.isArray(input)) throw malformed('input', 'a string or a list of items');
  const reader = new InputReader(rules, translation);
  input.forEach((item: unknown, index) => {
    reader.add(item, `input.${index}`);
  });
  return reader.turns;
}

class InputReader {
  readonly turns: InputTurn[] = [];
  private readonly callers = new Map<string, AssistantTurn>();
  private readonly reader: PartReader;

  constructor(
    private readonly rules: RuleTable,
    private readonly translation: RequestTranslation,
  ) {
    this.reader = new PartReader(rules, translation);
  }

  add(item: unknown, path: string): void {
    if (!isObject(item)) throw malformed(path, 'an object');
    const kind = kindOf(item, path);
    const listed = Object.hasOwn(this.rules, `item: ${kind}`) ? `item: ${kind}` : 'item: other';
    if (kind === 'reasoning') this.openTurn().said.push({ type: 'reasoning', item, path });
    else if (this.translation.checkContent(this.rules, listed, item, path)) this.addCarried(kind, item, path);
  }

  private addCarried(kind: string, item: JsonObject, path: string): void {
    switch (kind) {
      case 'message':
        this.addMessage(item, path);
        break;
      case 'function_call':
        this.addCall(item, argumentsOf(item, path), path);
        break;
      case 'custom_tool_call':
        this.addCall(item, JSON.stringify({ input: requiredText(item, 'input', path) }), path);
        break;
      default:
        this.addResult(item, path);
    }
  }

  private addMessage(item: JsonObject, path: string): void {
    const content = item.content ?? '';
    switch (item.role) {
      case 'user':
        this.turns.push({ role: 'user', parts: this.reader.parts(content, `${path}.content`) });
        break;
      case 'system':
      case 'developer':
        this.turns.push({ role: 'system', texts: this.reader.texts(content, `${path}.content`) });
        break;
      case 'assistant':
        this.addAssistantText(this.reader.texts(content, `${path}.content`).join(''));
        break;
      default:
        throw malformed(`${path}.role`, 'user, assistant, system or developer');
    }
  }

  private addAssistantText(text: string): void {
    if (text === '') return;
    // A second text begins a new turn, unless it stands among calls: their results must follow the turn directly.
    const turn = this.openTurn(({ said, calls }) => calls.length > 0 || !said.some(({ type }) => type === 'text'));
    turn.said.push({ type: 'text', text });
  }

  private addCall(item: JsonObject, json: string, path: string): void {
    const turn = this.openTurn();
    const id = requiredText(item, 'call_id', path);
    const name = requiredText(item, 'name', path);
    turn.calls.push({ id: safeToolCallId(id), name, arguments: json, path });
    this.callers.set(id, turn);
  }

  private addResult(item: JsonObject, path: string): void {
    const id = requiredText(item, 'call_id', path);
    const parts = this.reader.parts(item.output ?? '', `${path}.output`);
    const turn = this.callers.get(id) ?? this.orphanTurn();
    turn.results.push({ id: safeToolCallId(id), parts });
  }

  /** The assistant's turn that is still being said, or a new one. */
  private openTurn(fits: (turn: AssistantTurn) => boolean = () => true): AssistantTurn {
    const last = this.turns.at(-1);
    if (last?.role === 'assistant' && last.results.length === 0 && fits(last)) return last;
    return this.newTurn();
  }

  private orphanTurn(): AssistantTurn {
    const last = this.turns.at(-1);
    return last?.role === 'assistant' && last.said.length === 0 && last.calls.length === 0 ? last : this.newTurn();
  }

  private newTurn(): AssistantTurn {
    const turn: AssistantTurn = { role: 'assistant', said: [], calls: [], results: [] };
    this.turns.push(turn);
    return turn;
  }
}

function kindOf(item: JsonObject, path: string): string {
  const type = item.type ?? undefined;
  if (type !== undefined) return requiredText(item, 'type', path);
  if (item.role === undefined && textOf(item.id) !== undefined) return 'item_reference';
  return 'message';
}

function argumentsOf(item: JsonObject, path: string): string {
  const json = item.arguments ?? '';
  if (typeof json !== 'string') throw malformed(`${path}.arguments`, 'a string of JSON');
  return json.trim() === '' ? '{}' : json;
}
