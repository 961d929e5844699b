import {
  at,
  callsOf,
  isObject,
  malformed,
  objectsOf,
  parseJson,
  partsOf,
  requiredText,
  textOf,
  type ChatCall,
  type JsonObject,
  type RequestTranslation,
} from '@sallyport/dialects';
import type { PromptMessage } from './ai-models';
import { AI_SDK_CONTENT } from './ai-sdk.rules';
import type { AiVendor } from './ai-vendor';
import { userPart, type UserPart } from './prompt-parts';

type AssistantPart = Extract<PromptMessage, { role: 'assistant' }>['content'][number];
type ToolPart = Extract<PromptMessage, { role: 'tool' }>['content'][number];

/** Puts the messages of a chat request into the form that all packages of the AI SDK take. */
export class Prompt {
  readonly messages: PromptMessage[] = [];
  /** Names of the tools that were called so far, by the id of the call. */
  private readonly called = new Map<string, string>();

  constructor(
    private readonly vendor: Pick<AiVendor, 'takesLaterInstructions' | 'proofsOf'>,
    private readonly translation: RequestTranslation,
  ) {}

  /** Whether tools were called in earlier turns. */
  get hasCalls(): boolean {
    return this.called.size > 0;
  }

  /** Whether results stand last and the call that they answer came without the thoughts behind it. */
  get lacksThoughts(): boolean {
    if (this.messages.at(-1)?.role !== 'tool') return false;
    const turn = this.messages.findLast(({ role }) => role === 'assistant');
    return turn?.role === 'assistant' && !turn.content.some(({ type }) => type === 'reasoning');
  }

  /** @throws SallyportError `dialect_unsupported`, `invalid_request` */
  addAll(messages: unknown): void {
    for (const { value, path } of objectsOf(messages, 'messages')) this.add(value, path);
  }

  addInstruction(text: string): void {
    const isFirst = this.messages.every(({ role }) => role === 'system');
    if (text.trim() === '') return;
    if (isFirst || this.vendor.takesLaterInstructions) this.messages.push({ role: 'system', content: text });
    else this.messages.push({ role: 'user', content: [{ type: 'text', text }] });
  }

  private add(message: JsonObject, path: string): void {
    const role = requiredText(message, 'role', path);
    const kind = Object.hasOwn(AI_SDK_CONTENT, `message: ${role}`) ? role : 'other';
    this.translation.checkContent(AI_SDK_CONTENT, `message: ${kind}`, message, at(path, 'role'));
    switch (role) {
      case 'system':
      case 'developer':
        return this.addInstruction(this.text(message, path, '\n\n'));
      case 'assistant':
        return this.push({ role: 'assistant', content: this.assistantParts(message, path) });
      case 'tool':
        return this.addResult(message, path);
      default:
        return this.push({ role: 'user', content: this.userParts(message, path) });
    }
  }

  /** What says nothing is left out: vendors refuse it. */
  private push(message: PromptMessage): void {
    if (message.content.length > 0) this.messages.push(message);
  }

  private userParts(message: JsonObject, path: string): UserPart[] {
    if ((message['content'] ?? undefined) === undefined) throw malformed(at(path, 'content'), 'a string or an array');
    return partsOf(message, path).flatMap((part) => userPart(part, this.translation) ?? []);
  }

  private assistantParts(message: JsonObject, path: string): AssistantPart[] {
    const text = this.text(message, path, '') || (textOf(message['refusal']) ?? '');
    return [
      ...this.reasoningParts(message, path),
      ...(text === '' ? [] : [{ type: 'text', text } as const]),
      ...callsOf(message, path).map((call) => this.callPart(call)),
    ];
  }

  /** Reasoning counts only with its proof. */
  private reasoningParts(message: JsonObject, path: string): AssistantPart[] {
    const key = this.vendor.proofsOf;
    if (key === undefined) return [];
    return objectsOf(message['thinking_blocks'], at(path, 'thinking_blocks')).flatMap(({ value }) => {
      const { type, thinking, signature, data } = value;
      const isSigned = type === 'thinking' && typeof thinking === 'string' && typeof signature === 'string';
      if (isSigned) return { type: 'reasoning', text: thinking, providerOptions: { [key]: { signature } } };
      if (type !== 'redacted_thinking' || typeof data !== 'string') return [];
      return { type: 'reasoning', text: '', providerOptions: { [key]: { redactedData: data } } };
    });
  }

  private callPart({ kind, id, name, input, path, inputPath }: ChatCall): AssistantPart {
    if (kind !== 'function') this.translation.forbid(path, 'these vendors call functions only');
    const args = input.trim() === '' ? {} : parseJson(input);
    if (!isObject(args)) throw malformed(inputPath, 'the JSON text of an object');
    this.called.set(id, name);
    return { type: 'tool-call', toolCallId: id, toolName: name, input: args };
  }

  /** The results of one turn belong together. */
  private addResult(message: JsonObject, path: string): void {
    const toolCallId = requiredText(message, 'tool_call_id', path);
    const toolName = this.called.get(toolCallId);
    if (toolName === undefined) throw malformed(at(path, 'tool_call_id'), 'the id of an earlier call');
    const value = this.text(message, path, '');
    const result: ToolPart = { type: 'tool-result', toolCallId, toolName, output: { type: 'text', value } };
    const last = this.messages.at(-1);
    if (last?.role === 'tool') last.content.push(result);
    else this.messages.push({ role: 'tool', content: [result] });
  }

  /** The texts of a message that may hold nothing else. */
  private text(message: JsonObject, path: string, separator: string): string {
    if ((message['content'] ?? undefined) === undefined) return '';
    const texts = partsOf(message, path).flatMap(({ type, value, path: partPath }) => {
      if (type === 'text' || type === 'refusal') return requiredText(value, type, partPath);
      this.translation.checkContent(AI_SDK_CONTENT, 'part of a text message: other', value, partPath);
      return [];
    });
    return texts.join(separator);
  }
}
