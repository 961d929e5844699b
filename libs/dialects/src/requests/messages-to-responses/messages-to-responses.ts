import type { JsonObject } from '../../json/json-value';
import type { ResponsesItem, ResponsesRequest } from '../../openai-responses/responses-request';
import { optionalNumber, present } from '../fields';
import { MessagesReading } from '../from-messages/messages-reading';
import { effortOf, formatOf, samplingOf, userOf } from '../from-messages/settings';
import { toolUseOf } from '../from-messages/tools';
import { systemText, turnsOf } from '../from-messages/turns';
import type { RequestTranslator } from '../request-translation';
import { responsesChoice, responsesFormat, responsesTool } from '../to-responses/responses-settings';
import type { ToolSettings } from '../tool-settings';
import { MESSAGES_TO_RESPONSES_RULES } from './messages-to-responses.rules';
import { responsesItems } from './responses-items';

/** An Anthropic Messages request for an upstream that speaks OpenAI's Responses API only. */
export const messagesToResponses: RequestTranslator = (request, translation) => {
  translation.checkFields(MESSAGES_TO_RESPONSES_RULES.fields, request);
  const reading = new MessagesReading(MESSAGES_TO_RESPONSES_RULES, translation);
  const output = reading.membersOf(request, 'output_config');
  const format = formatOf(request, output, reading);
  const body = {
    model: translation.model,
    instructions: systemText(request.system ?? [], 'system', reading) || undefined,
    input: inputOf(request, reading),
    max_output_tokens: optionalNumber(request, 'max_tokens'),
    ...samplingOf(request, reading),
    ...toolFields(toolUseOf(request, reading)),
    ...reasoning(effortOf(request, output, reading)),
    text: format && { format: responsesFormat(format) },
    user: userOf(request, reading),
    stream: request.stream === true || undefined,
    // Messages clients send the whole conversation each time and never ask for a reply by its id.
    store: false,
  } satisfies ResponsesRequest;
  return { body: present(body) };
};

function inputOf(request: JsonObject, reading: MessagesReading): ResponsesItem[] {
  return turnsOf(request, reading).flatMap(responsesItems);
}

/** Nothing of it may be sent when there are no tools. */
function toolFields({ tools, choice, parallel }: ToolSettings): Partial<ResponsesRequest> {
  if (tools.length === 0) return {};
  return {
    tools: tools.map(responsesTool),
    tool_choice: choice && responsesChoice(choice),
    parallel_tool_calls: parallel,
  };
}

/** Without the encrypted content nothing could be sent back in the next turn, as nothing is stored. */
function reasoning(effort: string | undefined): Partial<ResponsesRequest> {
  if (effort === undefined) return {};
  return { reasoning: { effort, summary: 'auto' }, include: ['reasoning.encrypted_content'] };
}
