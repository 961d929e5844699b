import { isCount, isFilled, isJson, isObjectText, isText, jsonOf, type Expect, type Json } from './stream-grammar';

const FINISH_REASONS: ReadonlySet<unknown> = new Set([
  'stop',
  'length',
  'tool_calls',
  'content_filter',
  'function_call',
]);
/** Reasons with which arguments may break off. */
const CUT_SHORT: ReadonlySet<unknown> = new Set(['length', 'content_filter']);
const TEXTS = ['content', 'refusal', 'reasoning_content', 'reasoning'] as const;

interface ToolCall {
  readonly id: string;
  readonly name: string;
  arguments: string;
}

/** One choice of a chat stream. */
export class ChatChoiceGrammar {
  private finishReason: unknown;
  private hasRole = false;
  private readonly calls: ToolCall[] = [];

  constructor(private readonly expect: Expect) {}

  get isFinished(): boolean {
    return this.finishReason !== undefined;
  }

  take(choice: Json): void {
    this.expect(!this.isFinished, 'adds to a choice that is finished');
    const { delta, finish_reason: finishReason } = choice;
    this.expect(isJson(delta), 'has a choice without a delta');
    this.delta(jsonOf(delta));
    this.expect(finishReason !== undefined, 'has a choice without finish_reason');
    if (finishReason == null) return;
    this.expect(FINISH_REASONS.has(finishReason), `has the unknown finish_reason ${JSON.stringify(finishReason)}`);
    this.expect(finishReason !== 'tool_calls' || this.calls.length > 0, 'finishes with tool_calls but calls no tool');
    this.finishReason = finishReason;
  }

  /** The stream is over. */
  end(): void {
    this.expect(this.hasRole, 'ends a choice without a role');
    this.expect(this.isFinished, 'ends a choice without a finish_reason');
    if (CUT_SHORT.has(this.finishReason)) return;
    for (const call of this.calls) {
      this.expect(isObjectText(call.arguments), `ends the call ${call.id} whose arguments are no JSON object`);
    }
  }

  private delta(delta: Json): void {
    if ('role' in delta) {
      this.expect(!this.hasRole, 'repeats the role');
      this.expect(delta['role'] === 'assistant', 'has a role other than assistant');
      this.hasRole = true;
    } else this.expect(this.hasRole, 'begins a choice without a role');
    for (const key of TEXTS) {
      this.expect(delta[key] == null || isText(delta[key]), `has a ${key} that is no text`);
    }
    const { tool_calls: calls } = delta;
    if (calls === undefined) return;
    this.expect(Array.isArray(calls) && calls.length > 0, 'has tool_calls that is no list of calls');
    if (Array.isArray(calls)) calls.forEach((call) => this.call(jsonOf(call)));
  }

  private call(delta: Json): void {
    const { index, id, type } = delta;
    const fn = jsonOf(delta['function']);
    if (!isCount(index) || index > this.calls.length) {
      return this.expect(false, 'has a tool call whose index leaves a gap');
    }
    const call = this.calls[index];
    if (call === undefined) {
      const isWhole = isFilled(id) && type === 'function' && isFilled(fn['name']);
      this.expect(isWhole, 'begins a tool call without id, type or name');
      this.expect(!this.calls.some((other) => other.id === id), 'repeats the id of another tool call');
      this.calls.push({ id: String(id), name: String(fn['name']), arguments: '' });
    } else {
      this.expect(id === undefined || id === call.id, 'changes the id of a tool call');
      this.expect(fn['name'] === undefined || fn['name'] === call.name, 'changes the name of a tool call');
    }
    this.arguments(this.calls[index], fn['arguments']);
  }

  private arguments(call: ToolCall | undefined, delta: unknown): void {
    this.expect(delta === undefined || isText(delta), 'has arguments that are no text');
    if (call !== undefined && isText(delta)) call.arguments += delta;
  }
}
