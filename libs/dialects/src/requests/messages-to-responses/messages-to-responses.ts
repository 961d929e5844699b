import type { ResponsesItem, ResponsesRequest } from '../../openai-responses/responses-request';
import type { JsonObject } from '../../reply/json-value';
import type { RequestTranslator } from '../../translation/request-translation';
import { optionalNumber, present } from '../from-messages/fields';
import { MessagesReading } from '../from-messages/messages-reading';
import { answerSchemaOf, effortOf, samplingOf, userOf } from '../from-messages/settings';
import { toolUseOf, type ToolUse } from '../from-messages/tools';
import { systemText, turnsOf } from '../from-messages/turns';
import { MESSAGES_TO_RESPONSES_RULES } from './messages-to-responses.rules';
import { responsesItems } from './responses-items';

/** An Anthropic Messages request for an upstream that speaks OpenAI's Responses API only. */
export const messagesToResponses: RequestTranslator = (request, translation) => {
  translation.checkFields(MESSAGES_TO_RESPONSES_RULES.fields, request);
  const reading = new MessagesReading(MESSAGES_TO_RESPONSES_RULES, translation);
  const output = reading.membersOf(request, 'output_config');
  const body = {
    model: translation.model,
    instructions: systemText(request.system ?? [], 'system', reading) || undefined,
    input: inputOf(request, reading),
    max_output_tokens: optionalNumber(request, 'max_tokens'),
    ...samplingOf(request, reading),
    ...responsesTools(toolUseOf(request, reading)),
    ...reasoning(effortOf(request, output, reading)),
    text: textFormat(answerSchemaOf(request, output, reading)),
    user: userOf(request, reading),
    stream: request.stream === true || undefined,
    // Messages clients send the whole conversation each time and never ask for a reply by its id.
    store: false,
  } satisfies ResponsesRequest;
  return { body: present(body) };
};

function inputOf(request: JsonObject, reading: MessagesReading): ResponsesItem[] {
  return turnsOf(request, reading).flatMap((turn) => responsesItems(turn, reading.translation));
}

/** Nothing of it may be sent when there are no tools. */
function responsesTools({ tools, choice, single }: ToolUse): Partial<ResponsesRequest> {
  if (tools.length === 0) return {};
  return {
    tools: tools.map(({ name, description, schema, strict }) =>
      // Responses takes a tool without the flag for a strict one, Anthropic does not.
      present({ type: 'function' as const, name, description, parameters: schema, strict: strict ?? false }),
    ),
    ...(choice !== undefined && {
      tool_choice: typeof choice === 'string' ? choice : { type: 'function' as const, ...choice },
    }),
    ...(single && { parallel_tool_calls: false }),
  };
}

/** Without the encrypted content nothing could be sent back in the next turn, as nothing is stored. */
function reasoning(effort: string | undefined): Partial<ResponsesRequest> {
  if (effort === undefined) return {};
  return { reasoning: { effort, summary: 'auto' }, include: ['reasoning.encrypted_content'] };
}

function textFormat(schema: JsonObject | undefined): ResponsesRequest['text'] | undefined {
  return schema && { format: { type: 'json_schema', name: 'response', schema, strict: true } };
}
