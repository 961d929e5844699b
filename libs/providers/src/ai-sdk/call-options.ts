import {
  malformed,
  optionalFlag,
  optionalNumber,
  optionalObject,
  optionalText,
  present,
  requiredObject,
  type JsonObject,
  type RequestTranslation,
} from '@sallyport/dialects';
import type { CallOptions } from './ai-models';
import { AI_SDK_CONTENT, AI_SDK_FIELDS } from './ai-sdk.rules';
import type { AiVendor } from './ai-vendor';
import { Prompt } from './prompt';
import { toolChoiceOf, toolsOf } from './tools';

const JSON_ONLY = 'Answer with one JSON object and nothing else.';

/**
 * Translates a chat request into the call that all packages of the AI SDK take.
 *
 * @throws SallyportError `dialect_unsupported` for what the vendor cannot take, `invalid_request` for what is malformed
 */
export function callOptionsOf(request: JsonObject, vendor: AiVendor, translation: RequestTranslation): CallOptions {
  translation.checkFields(AI_SDK_FIELDS, request);
  const prompt = new Prompt(vendor, translation);
  const responseFormat = responseFormatOf(request, translation);
  if (vendor.wantsJsonInWords && responseFormat?.type === 'json' && responseFormat.schema === undefined) {
    prompt.addInstruction(JSON_ONLY);
  }
  prompt.addAll(request['messages']);
  const tools = toolsOf(request, translation);
  const toolChoice = tools.length === 0 ? undefined : toolChoiceOf(request, translation);
  if (vendor.needsToolsForCalls && prompt.hasCalls && (tools.length === 0 || toolChoice?.type === 'none')) {
    translation.forbid(
      tools.length === 0 ? 'tools' : 'tool_choice',
      'it forgets the tool calls of earlier turns unless tools are offered again',
    );
  }
  return {
    ...present({
      maxOutputTokens: optionalNumber(request, 'max_completion_tokens') ?? optionalNumber(request, 'max_tokens'),
      temperature: optionalNumber(request, 'temperature'),
      topP: optionalNumber(request, 'top_p'),
      topK: optionalNumber(request, 'top_k'),
      seed: optionalNumber(request, 'seed'),
      frequencyPenalty: optionalNumber(request, 'frequency_penalty'),
      presencePenalty: optionalNumber(request, 'presence_penalty'),
      stopSequences: stopSequencesOf(request['stop']),
      responseFormat,
      tools: tools.length === 0 ? undefined : tools,
      toolChoice,
    }),
    prompt: prompt.messages,
    providerOptions: vendor.options(translation.model, {
      effort: optionalText(request, 'reasoning_effort'),
      mayThink: !(toolChoice?.type === 'required' || toolChoice?.type === 'tool' || prompt.lacksThoughts),
      oneToolAtATime: tools.length > 0 && callsOneTool(request, vendor, translation),
    }),
  };
}

function callsOneTool(request: JsonObject, vendor: AiVendor, translation: RequestTranslation): boolean {
  if (optionalFlag(request, 'parallel_tool_calls') !== false) return false;
  if (vendor.canCallOneTool(translation.model)) return true;
  translation.refuse('parallel_tool_calls', 'it may call several tools at a time');
  return false;
}

function stopSequencesOf(stop: unknown): string[] | undefined {
  if (stop === undefined || stop === null) return undefined;
  const sequences: unknown[] = Array.isArray(stop) ? stop : [stop];
  if (!sequences.every((sequence) => typeof sequence === 'string')) throw malformed('stop', 'a string or strings');
  return sequences.length === 0 ? undefined : sequences;
}

function responseFormatOf(
  request: JsonObject,
  translation: RequestTranslation,
): CallOptions['responseFormat'] | undefined {
  const format = optionalObject(request, 'response_format');
  if (format === undefined || format['type'] === 'text') return undefined;
  if (format['type'] === 'json_object') return { type: 'json' };
  if (format['type'] !== 'json_schema') {
    translation.checkContent(AI_SDK_CONTENT, 'response_format: other', format, 'response_format');
    return undefined;
  }
  const path = 'response_format.json_schema';
  const described = requiredObject(format, 'json_schema', 'response_format');
  return {
    type: 'json',
    ...present({
      schema: optionalObject(described, 'schema', path),
      name: optionalText(described, 'name', path),
      description: optionalText(described, 'description', path),
    }),
  };
}
