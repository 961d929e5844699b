import { DeploymentOptions } from '@sallyport/config';
import type { FakeHttp } from '@sallyport/testing';
import { buffer } from 'node:stream/consumers';
import type { HttpReply } from './http/http.port';
import type { ProviderCall } from './provider.port';
import type { ProviderSettings } from './provider-settings';

/** The settings of a deployment that says nothing but its model, with what a test changes of them. */
export function providerSettings(changes: Partial<ProviderSettings> = {}): ProviderSettings {
  return {
    apiBase: undefined,
    apiKey: undefined,
    options: new DeploymentOptions({}),
    extraHeaders: {},
    endpoints: undefined,
    chatOnly: false,
    dropParams: false,
    dropFields: [],
    defaultMaxTokens: 4096,
    ...changes,
  };
}

/** A chat that says hi, with what a test changes of its body and of the call. */
export function chatCall(body: object, changes: Partial<ProviderCall> & { model: string }): ProviderCall {
  return {
    endpoint: 'openai-chat',
    method: 'POST',
    subpath: '',
    body: Buffer.from(JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], ...body })),
    contentType: 'application/json',
    headers: { traceparent: '00-1-2-01' },
    signal: new AbortController().signal,
    firstByteTimeoutMs: 111,
    idleTimeoutMs: 222,
    ...changes,
  };
}

export const textOf = async (reply: HttpReply): Promise<string> => (await buffer(reply.body)).toString('utf8');

export const jsonOf = async (reply: HttpReply): Promise<Record<string, unknown>> =>
  JSON.parse(await textOf(reply)) as Record<string, unknown>;

/** The body of the last request that went upstream. */
export const lastBody = (http: FakeHttp): Record<string, unknown> =>
  JSON.parse(Buffer.from(http.requests.at(-1)?.body ?? []).toString('utf8')) as Record<string, unknown>;

/** The chunks of a chat stream, without its `[DONE]`. */
export const chunksOf = (stream: string): Record<string, unknown>[] =>
  stream
    .split('\n\n')
    .filter((frame) => frame.startsWith('data: {'))
    .map((frame) => JSON.parse(frame.slice(6)) as Record<string, unknown>);

/** A chat stream without the id and the time that differ from call to call. */
export const withoutIdAndTime = (stream: string): string =>
  stream.replaceAll(/chatcmpl-\w+/g, 'chatcmpl-1').replaceAll(/"created":\d+/g, '"created":1');
