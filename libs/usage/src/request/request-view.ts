import { isObject, objectOf, parseJson, textOf, type JsonObject } from '@sallyport/dialects';
import type { CallRequest } from '../call-outcome';
import { hideCredential, hideCredentialsOf, hideInText } from '../content/hide-credentials';
import type { BuiltInTools } from '../record/standard-logging-payload';

const TAGS_HEADER = 'x-litellm-tags';
const SPEND_METADATA_HEADER = 'x-litellm-spend-logs-metadata';
const END_USER_HEADERS = ['x-litellm-customer-id', 'x-litellm-end-user-id'];
const TRACE_HEADERS = ['x-litellm-trace-id', 'x-litellm-session-id'];
/** Clients name their sessions by themselves, such as `x-claude-code-session-id`. */
const SESSION_HEADER = /^x-[a-z\d-]+-session-id$/;
const SESSION_ID = /^[A-Za-z0-9_-]{8,}$/;

/** Fields of a request that are its input, or words to the gateway, and no parameters of the model. */
const NOT_PARAMETERS: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'system',
  'input',
  'instructions',
  'prompt',
  'query',
  'documents',
  'metadata',
  'litellm_metadata',
  'user',
  'tags',
  'litellm_session_id',
  'litellm_trace_id',
]);

/**
 * The whole input: messages, the items of a response, the texts of an embedding, a prompt, or what is to be ranked.
 * Instructions beside it lead it, as the message that they are.
 */
export function inputMessages({ body }: CallRequest): unknown {
  const input = body['messages'] ?? body['input'] ?? body['prompt'] ?? toBeRanked(body);
  const instructions = body['system'] ?? body['instructions'];
  if (instructions == null || input === null) return input;
  const turns: unknown[] = Array.isArray(input) ? input : [{ role: 'user', content: input }];
  return [{ role: 'system', content: instructions }, ...turns];
}

function toBeRanked({ query, documents }: JsonObject): JsonObject | null {
  return query === undefined ? null : { query, documents: documents ?? null };
}

/** What was asked of the model beside the input: temperature, tools, limits … */
export function modelParameters({ body }: CallRequest): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !NOT_PARAMETERS.has(key)));
}

/** The client's own metadata for the logs. Credentials in it are hidden. */
export function requesterMetadata({ body }: CallRequest): JsonObject | null {
  const { metadata, litellm_metadata: forLogs } = body;
  if (!isObject(metadata) && !isObject(forLogs)) return null;
  return hideCredentialsOf({ ...objectOf(forLogs), ...objectOf(metadata) });
}

/** Metadata that is meant for the logs of costs alone. */
export function spendMetadata(request: CallRequest): JsonObject | null {
  const header = headerOf(request, SPEND_METADATA_HEADER);
  // Nearly all calls are without the header, and to fail at parsing nothing takes longer than the rest of a record.
  const given = ownMetadata(request, 'spend_logs_metadata') ?? (header && parseJson(header));
  return isObject(given) ? hideCredentialsOf(given) : null;
}

/**
 * The id under which a client gathers its calls: that of a header, of the body or of its metadata; the request's own
 * when it names none.
 */
export function traceId(request: CallRequest): string {
  const { body } = request;
  const named = [
    ...TRACE_HEADERS.map((name) => headerOf(request, name)),
    sessionHeader(request),
    body['litellm_session_id'],
    body['litellm_trace_id'],
    ownMetadata(request, 'session_id'),
    ownMetadata(request, 'trace_id'),
  ].find((id) => typeof id === 'string' && id !== '');
  return hideInText(textOf(named) ?? request.traceId);
}

function sessionHeader({ customHeaders: headers }: CallRequest): string | undefined {
  return Object.entries(headers ?? {}).find(([name, id]) => SESSION_HEADER.test(name) && SESSION_ID.test(id))?.[1];
}

/** The end user of the header, `user` of a body, or `metadata.user_id` of a message; empty when none is given. */
export function endUser(request: CallRequest): string {
  const { user, metadata } = request.body;
  const named = END_USER_HEADERS.map((name) => headerOf(request, name)).find(Boolean);
  return hideInText(named ?? textOf(user) ?? textOf(objectOf(metadata)['user_id']) ?? '');
}

/** Tags of the body, its metadata or the header, then the client's product and full user agent. */
export function requestTags(request: CallRequest): string[] {
  const given = request.body['tags'] ?? ownMetadata(request, 'tags') ?? headerOf(request, TAGS_HEADER)?.split(',');
  const tags = (Array.isArray(given) ? given : [])
    .filter((tag) => typeof tag === 'string')
    .map((tag) => hideInText(tag.trim()))
    .filter((tag) => tag !== '');
  const agent = userAgent(request);
  if (agent === null) return tags;
  const product = /^[^/\s]+/.exec(agent)?.[0] ?? agent;
  return [...new Set([...tags, `User-Agent: ${product}`, `User-Agent: ${agent}`])];
}

/** The client's name for itself. */
export function userAgent({ userAgent: given }: CallRequest): string | null {
  return given && hideInText(given);
}

/** The caller's own headers without credentials; what has a field of its own in the record is left out. */
export function customHeaders({ customHeaders: headers }: CallRequest): Record<string, string> | null {
  if (headers === null) return null;
  const shown = Object.entries(headers).filter(([name]) => name !== SPEND_METADATA_HEADER);
  return Object.fromEntries(shown.map(([name, value]) => [name, hideCredential(value, name, undefined)]));
}

/** Tools that providers run themselves, from their own field or from the list of tools. */
export function builtInTools({ body }: CallRequest): BuiltInTools | null {
  const tools = Array.isArray(body['tools']) ? body['tools'].map(objectOf) : [];
  const search = body['web_search_options'] ?? tools.find(({ type }) => /^web_search/.test(textOf(type) ?? ''));
  const files = tools.find(({ type }) => type === 'file_search');
  if (!isObject(search) && files === undefined) return null;
  return { web_search_options: isObject(search) ? search : null, file_search: files ?? null };
}

function ownMetadata({ body }: CallRequest, field: string): unknown {
  return objectOf(body['metadata'])[field] ?? objectOf(body['litellm_metadata'])[field];
}

function headerOf({ customHeaders: headers }: CallRequest, name: string): string | undefined {
  return headers?.[name];
}
