import { isObject, type JsonObject } from '@sallyport/dialects';
import type { CallOutcome, RecordPolicy } from '../call-outcome';
import { builtInTools, inputMessages, modelParameters } from '../request/request-view';
import type { BuiltInTools } from '../record/standard-logging-payload';
import { hideCredential, hideCredentials, hideCredentialsOf } from './hide-credentials';
import { mapObjectTexts, mapTexts, type TextMap } from './map-texts';
import { plainParameters } from './plain-parameters';
import { redactedMessages, redactedResponse } from './redacted';
import { base64Shortener } from './shorten-base64';

/** What was asked and answered, as it may be written down. */
export interface RecordedContent {
  readonly messages: unknown;
  readonly response: unknown;
  readonly parameters: JsonObject;
  readonly tools: BuiltInTools | null;
}

/** Members of a reply that are what the model said. All others may repeat settings of the request. */
const SAID: ReadonlySet<string> = new Set(['choices', 'content', 'data', 'output']);

export function recordedContent({ request, reply }: CallOutcome, policy: RecordPolicy): RecordedContent {
  const messages = inputMessages(request);
  const parameters = modelParameters(request);
  const response = reply?.response ?? null;
  if (policy.content === 'none') {
    return {
      messages: redactedMessages(messages),
      response: redactedResponse(response),
      parameters: plainParameters(parameters),
      tools: null,
    };
  }
  const shorten = base64Shortener(policy.maxBase64Length);
  const shortenAndHide: TextMap = (text, name, owner) => hideCredential(shorten(text, name, owner), name, owner);
  const tools = builtInTools(request);
  return {
    messages: mapTexts(messages, shorten),
    response: mapTexts(isObject(response) ? hideSettings(response) : response, shorten),
    parameters: mapObjectTexts(parameters, shortenAndHide),
    tools: tools && (hideCredentialsOf({ ...tools }) as unknown as BuiltInTools),
  };
}

/** Responses repeat the tools of their request, and errors may repeat a key. */
function hideSettings(response: JsonObject): JsonObject {
  let copy: JsonObject | undefined;
  for (const [name, value] of Object.entries(response)) {
    if (SAID.has(name) || name === 'usage') continue;
    const hidden = typeof value === 'string' ? hideCredential(value, name, response) : hideCredentials(value);
    if (hidden === value) continue;
    copy ??= { ...response };
    copy[name] = hidden;
  }
  return copy ?? response;
}
