import {
  malformed,
  optionalNumber,
  optionalText,
  present,
  RequestTranslation,
  SallyportError,
  type JsonObject,
  type UpstreamTraits,
  isObject,
} from '@sallyport/dialects';
import { laasMessages } from './laas-messages';
import type { LaasOptions } from './laas-options';
import { LAAS_FIELDS } from './laas.rules';

/** Fields whose refusal has the words that LaaS clients have always been told. */
const TOOL_FIELDS = ['tools', 'functions', 'tool_choice', 'function_call'] as const;

/** A chat request in the words of LaaS. */
export interface LaasRequest {
  readonly body: JsonObject;
  /** Paths of what was left out. */
  readonly dropped: readonly string[];
}

/**
 * Translates a chat request. Options stand at the top level, template variables alone in `params`.
 *
 * @throws SallyportError `dialect_unsupported` for what LaaS cannot take, `invalid_request` for what is malformed or
 * when no preset is named
 */
export async function laasRequest(
  request: JsonObject,
  options: LaasOptions,
  traits: UpstreamTraits,
): Promise<LaasRequest> {
  const translation = new RequestTranslation(options.model ?? '', traits);
  if (!traits.dropParams) refuseTools(request);
  translation.checkFields(LAAS_FIELDS, request);
  const hash = optionalText(request, 'hash') ?? options.hash;
  if (hash === undefined) {
    throw new SallyportError('invalid_request', 'hash must name a preset: none is configured', { param: 'hash' });
  }
  const params = { ...options.params, ...readParams(request['params'] ?? {}) };
  const body = {
    ...settings(request, options, translation),
    hash,
    ...(Object.keys(params).length > 0 && { params }),
    messages: await laasMessages(request['messages'], options.limits, translation),
  };
  return { body, dropped: translation.dropped };
}

function refuseTools(request: JsonObject): void {
  for (const name of TOOL_FIELDS) {
    const value = request[name] ?? undefined;
    if (value === undefined || LAAS_FIELDS[name]?.harmless?.(value)) continue;
    throw new SallyportError('dialect_unsupported', 'LaaS API does not support tool calls', { param: name });
  }
}

function settings(request: JsonObject, options: LaasOptions, translation: RequestTranslation): JsonObject {
  return present({
    model: options.model,
    service_type: optionalText(request, 'service_type') ?? options.serviceType,
    userId: optionalText(request, 'userId'),
    temperature: optionalNumber(request, 'temperature'),
    top_p: optionalNumber(request, 'top_p'),
    max_tokens: optionalNumber(request, 'max_completion_tokens') ?? optionalNumber(request, 'max_tokens'),
    frequency_penalty: optionalNumber(request, 'frequency_penalty'),
    presence_penalty: optionalNumber(request, 'presence_penalty'),
    response_format: responseFormat(request['response_format'], translation),
  });
}

function responseFormat(format: unknown, translation: RequestTranslation): JsonObject | undefined {
  if (format === undefined || format === null) return undefined;
  if (!isObject(format)) throw malformed('response_format', 'an object');
  const type = optionalText(format, 'type', 'response_format');
  if (type === 'text' || type === 'json_object') return { type };
  translation.refuse('response_format', 'LaaS knows the types text and json_object');
  return undefined;
}

function readParams(params: unknown): Record<string, string> {
  if (!isObject(params)) throw malformed('params', 'an object');
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      throw malformed(`params.${name}`, 'a string');
    }),
  );
}
