import type { JsonObject } from '../json/json-value';
import type { RequestTranslation } from './request-translation';

/** A function that the client offers to the model, in no API's words. */
export interface ClientTool {
  readonly name: string;
  readonly description: string | undefined;
  /** JSON schema of its arguments, whole; undefined when the client gave none. */
  readonly parameters: JsonObject | undefined;
  readonly strict: boolean | undefined;
  /** Where it stands in the request. */
  readonly path: string;
}

export type ToolChoice = 'auto' | 'none' | 'required' | { readonly name: string };

/** A choice that leaves some of the tools out. */
export interface AllowedTools {
  readonly allowed: ReadonlySet<string>;
  readonly mode: 'auto' | 'required';
}

/** What the model may call and how. Without tools there is no choice either: APIs refuse one. */
export interface ToolSettings<Tool extends { readonly name: string } = ClientTool> {
  readonly tools: readonly Tool[];
  readonly choice: ToolChoice | undefined;
  readonly parallel: boolean | undefined;
}

/** Schema of a tool without arguments. */
export const NO_ARGUMENTS: JsonObject = { type: 'object', properties: {} };

/**
 * Fits what the client chose to the tools that there are.
 *
 * @throws SallyportError `dialect_unsupported` when it chose none of them
 */
export function toolSettings<Tool extends { readonly name: string }>(
  tools: readonly Tool[],
  choice: ToolChoice | AllowedTools | undefined,
  parallel: boolean | undefined,
  translation: RequestTranslation,
): ToolSettings<Tool> {
  if (tools.length === 0) return { tools, choice: undefined, parallel: undefined };
  if (typeof choice !== 'object') return { tools, choice, parallel };
  if ('name' in choice) return { tools, choice: isOneOf(tools, choice, translation) ? choice : undefined, parallel };
  const allowed = tools.filter(({ name }) => choice.allowed.has(name));
  if (allowed.length > 0) return { tools: allowed, choice: choice.mode, parallel };
  translation.refuse('tool_choice', 'none of the tools that it allows is among those sent');
  return { tools: allowed, choice: undefined, parallel: undefined };
}

/**
 * @returns whether a chosen tool is there; false only where it may be left out
 * @throws SallyportError `dialect_unsupported`
 */
export function isOneOf(
  tools: readonly { readonly name: string }[],
  chosen: { readonly name: string },
  translation: RequestTranslation,
): boolean {
  if (tools.some(({ name }) => name === chosen.name)) return true;
  translation.refuse('tool_choice', 'it names a tool that is not among those sent');
  return false;
}
