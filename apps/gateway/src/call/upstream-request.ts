import { randomUUID } from 'node:crypto';
import type { GatewaySettings } from '@sallyport/config';
import {
  isDialect,
  objectOf,
  replaceFormModel,
  setMembers,
  Translation,
  type Dialect,
  type Endpoint,
  type JsonObject,
} from '@sallyport/dialects';
import type { Provider } from '@sallyport/providers';
import type { Candidate } from '@sallyport/routing';
import { guessInputTokens } from '@sallyport/usage';
import type { ClientCall } from './client-call';

/** A call in the form in which one upstream takes it. */
export interface UpstreamRequest {
  readonly endpoint: Endpoint;
  readonly subpath: string;
  readonly body: Buffer | undefined;
  readonly contentType: string;
  /** Set when the upstream speaks another dialect than the client. */
  readonly translation: Translation | undefined;
  /** Whether the usage at the end of a stream was asked for by the gateway alone, and is to be kept from the client. */
  readonly hidesUsage: boolean;
}

/** Endpoints whose streams tell their usage only when they are asked to. */
const TELLS_USAGE_WHEN_ASKED: ReadonlySet<Endpoint> = new Set<Endpoint>(['openai-chat', 'openai-completions']);

/** The endpoint of an upstream that can take a call: the call's own, or for a conversation one to translate to. */
export function endpointFor(
  call: Pick<ClientCall, 'endpoint' | 'method' | 'subpath'>,
  target: Provider,
): Endpoint | undefined {
  if (target.endpoints.includes(call.endpoint)) return call.endpoint;
  // What is stored under an id, or done by another word than asking, is known only to the API itself.
  if (!isDialect(call.endpoint) || call.method !== 'POST' || call.subpath.startsWith('/')) return undefined;
  return target.endpoints.find(isDialect);
}

/**
 * Makes the request for one attempt. Where both sides speak the same dialect the body keeps its bytes; only the model
 * name changes, and what the gateway's settings add.
 *
 * @throws SallyportError when the upstream's dialect cannot say what the client asks
 */
export async function upstreamRequest(
  call: ClientCall,
  candidate: Candidate<Provider>,
  settings: GatewaySettings,
): Promise<UpstreamRequest> {
  const { target } = candidate.deployment;
  const endpoint = endpointFor(call, target);
  if (endpoint === undefined) throw new TypeError(`${target.name} does not serve ${call.endpoint}`);
  if (endpoint !== call.endpoint) return translated(call, candidate, endpoint as Dialect, settings);
  const { rawBody, contentType, subpath } = call;
  const same = { endpoint, subpath, translation: undefined, hidesUsage: false };
  if (rawBody === undefined) return { ...same, body: undefined, contentType };
  if (/^multipart\//i.test(contentType)) {
    const form = { body: rawBody, contentType };
    const keeps = !bearsModel(call, candidate) || call.body['model'] === candidate.model;
    return { ...same, ...(keeps ? form : await replaceFormModel(rawBody, contentType, candidate.model)) };
  }
  const asksUsage = asksForUsage(call, target, settings);
  const added = {
    ...missingDefaults(call, target, settings),
    ...(asksUsage && { stream_options: { ...objectOf(call.body['stream_options']), include_usage: true } }),
  };
  const values = bearsModel(call, candidate) ? { model: candidate.model, ...added } : added;
  const isRight = Object.keys(added).length === 0 && saysOnly(rawBody, call.body['model'], candidate.model);
  return { ...same, body: isRight ? rawBody : setMembers(rawBody, values), contentType, hidesUsage: asksUsage };
}

function translated(
  call: ClientCall,
  { deployment: { target }, model, fallbackModel }: Candidate<Provider>,
  upstream: Dialect,
  settings: GatewaySettings,
): UpstreamRequest {
  const request = { ...call.body, ...missingDefaults(call, target, settings) };
  const translation = new Translation({
    client: call.endpoint as Dialect,
    upstream,
    request,
    upstreamModel: model,
    traits: target.traits,
    context: {
      // A stand-in is named, so that nobody takes its answer for the one that was asked for.
      model: fallbackModel === undefined ? call.model : model,
      estimatedInputTokens: call.wantsStream ? guessInputTokens(request) : 0,
      filteredStopReason: settings.filteredStopReason,
      now: () => Math.floor(Date.now() / 1000),
      newId: () => randomUUID().replaceAll('-', '').slice(0, 24),
    },
  });
  const body = Buffer.from(JSON.stringify(translation.body));
  const contentType = 'application/json';
  return { endpoint: upstream, subpath: '', body, contentType, translation, hidesUsage: false };
}

/** Endpoints whose calls need not name a model: one that only the query names is for routing. */
export const MODEL_IS_OPTIONAL: ReadonlySet<Endpoint> = new Set<Endpoint>([
  'openai-files',
  'openai-batches',
  'openai-moderations',
  'openai-images-generations',
  'openai-images-edits',
  'openai-images-variations',
]);

/** Whether the body has to bear the upstream's name of the model: not when it names none and need not. */
function bearsModel({ endpoint, body }: ClientCall, { model }: Candidate<Provider>): boolean {
  return model !== '' && (body['model'] !== undefined || !MODEL_IS_OPTIONAL.has(endpoint));
}

/**
 * Whether a body names just this model, told without a walk through it. One that may name two, of which readers take
 * the first or the last, does not count.
 */
function saysOnly(rawBody: Buffer, named: unknown, model: string): boolean {
  const once = rawBody.indexOf('"model"') === rawBody.lastIndexOf('"model"') && !rawBody.includes('\\u00');
  return named === model && once;
}

/** What older clients of `/v1/messages` leave to the server. */
function missingDefaults({ endpoint, body }: ClientCall, target: Provider, settings: GatewaySettings): JsonObject {
  if (endpoint !== 'anthropic-messages') return {};
  const { defaultTemperature } = settings;
  return {
    ...(body['max_tokens'] === undefined && { max_tokens: target.traits.defaultMaxTokens }),
    ...(body['temperature'] === undefined && defaultTemperature !== undefined && { temperature: defaultTemperature }),
  };
}

function asksForUsage(
  { endpoint, wantsStream, body }: ClientCall,
  target: Provider,
  settings: GatewaySettings,
): boolean {
  const wanted = settings.askStreamUsage && wantsStream && TELLS_USAGE_WHEN_ASKED.has(endpoint);
  return wanted && target.traits.takesStreamOptions && objectOf(body['stream_options'])['include_usage'] !== true;
}
