import { claudeModel } from '../../anthropic-messages/claude-models';
import type { MessagesRequest, MessagesTextBlock } from '../../anthropic-messages/messages-request';
import type { JsonObject } from '../../json/json-value';
import type { AnswerFormat } from '../answer-format';
import { endUser } from '../end-user';
import { malformed, present } from '../fields';
import type { RequestTranslation, TranslatedRequest } from '../request-translation';
import type { ToolSettings } from '../tool-settings';
import { planOutput, type OutputPlan } from './output-format';
import { planThinking, roomForThinking, type AskedThinking, type ThinkingPlan } from './thinking';
import { isForced, toolUseOf, type CacheableTool } from './tool-use';
import { plainText, type TurnList } from './turn-list';

/** The least `top_p` that goes with thinking, and the greatest temperature. Source: Anthropic's thinking guide. */
const LEAST_TOP_P = 0.95;
const HOTTEST = 1;
/** Length of `metadata.user_id` that Anthropic takes. */
const LONGEST_USER = 256;

export interface Conversation {
  readonly system: readonly MessagesTextBlock[];
  readonly turns: TurnList;
  /** Field of the client's request that holds the conversation. */
  readonly field: string;
}

/** What a request asks for besides its conversation; undefined for what it does not say. */
export interface Settings extends Sampling {
  readonly maxTokens: number | undefined;
  readonly tools: ToolSettings<CacheableTool>;
  readonly thinking: AskedThinking;
  readonly format: AnswerFormat | undefined;
  readonly user: string | undefined;
  readonly stream: boolean | undefined;
  readonly stopSequences?: readonly string[];
  readonly cacheControl?: JsonObject | undefined;
}

export interface Sampling {
  readonly temperature: number | undefined;
  readonly topP: number | undefined;
  readonly topK?: number | undefined;
}

/**
 * Writes a Messages request. Source: https://docs.anthropic.com/en/api/messages
 *
 * @throws SallyportError `invalid_request` when nobody says anything
 */
export function writeMessages(
  conversation: Conversation,
  settings: Settings,
  translation: RequestTranslation,
): TranslatedRequest {
  const { system, turns } = withTurn(conversation);
  const tools = toolUseOf(settings.tools, turns.calledTools(), translation);
  const thinking = planThinking(settings.thinking, turns.takesThinking && !isForced(tools.choice), translation);
  const output = planOutput(settings.format, tools, thinking.on, translation.model);
  const { toolUse, jsonTool } = output;
  const stops = settings.stopSequences ?? [];
  const user = endUser(settings.user, LONGEST_USER);
  const body = present({
    model: translation.model,
    max_tokens: roomForThinking(settings.maxTokens ?? translation.traits.defaultMaxTokens, thinking),
    system: instructions(system, output),
    messages: turns.toMessages(),
    tools: toolUse.tools.length === 0 ? undefined : [...toolUse.tools],
    tool_choice: toolUse.choice,
    thinking: thinking.thinking,
    output_config: outputConfig(thinking, output),
    ...sampling(settings, thinking.on, translation),
    stop_sequences: stops.length === 0 ? undefined : [...stops],
    metadata: user === undefined ? undefined : { user_id: user },
    cache_control: settings.cacheControl,
    stream: settings.stream,
  } satisfies MessagesRequest);
  return { body, ...(jsonTool !== undefined && { jsonTool }) };
}

/** There has to be a turn: when all a client gave are instructions, the last of them is what the user says. */
function withTurn({ system, turns, field }: Conversation): Pick<Conversation, 'system' | 'turns'> {
  if (turns.turns.length > 0) return { system, turns };
  const last = system.at(-1);
  if (last === undefined) throw malformed(field, 'a conversation with at least one text that is not empty');
  turns.add('user', [last]);
  return { system: system.slice(0, -1), turns };
}

/** `system`: a plain text, or blocks. */
function instructions(system: readonly MessagesTextBlock[], { instruction }: OutputPlan): MessagesRequest['system'] {
  const blocks = instruction === undefined ? system : [...system, { type: 'text' as const, text: instruction }];
  return blocks.length === 0 ? undefined : plainText(blocks);
}

/** How hard the model tries, and the form of its answer. */
function outputConfig({ effort }: ThinkingPlan, { format }: OutputPlan): MessagesRequest['output_config'] {
  const config = present({ effort, format });
  return Object.keys(config).length === 0 ? undefined : config;
}

/** Temperature and the like, as far as they go with thinking and the model takes them. */
function sampling(
  { temperature, topP, topK }: Sampling,
  thinking: boolean,
  translation: RequestTranslation,
): Pick<MessagesRequest, 'temperature' | 'top_p' | 'top_k'> {
  const accepted = claudeModel(translation.model).sampling || !translation.traits.dropParams;
  const keep = (name: string, value: number | undefined, goesWithThinking: boolean): number | undefined => {
    if (value === undefined || (accepted && (!thinking || goesWithThinking))) return value;
    // With thinking the temperature is 1 anyway.
    if (name !== 'temperature' || value !== HOTTEST) translation.drop(name);
    return undefined;
  };
  const warmth = temperature === undefined ? undefined : Math.min(temperature, HOTTEST);
  return {
    temperature: keep('temperature', warmth, warmth === HOTTEST),
    top_p: keep('top_p', topP, topP !== undefined && topP >= LEAST_TOP_P),
    top_k: keep('top_k', topK, false),
  };
}
