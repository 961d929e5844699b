import { createStreamObserver, streamErrorEvent, summariseReply } from '../dialect-replies';
import { SallyportError } from '../errors/sallyport-error';
import { event, observe } from '../reply/observe.fixture';
import { SseDecoder } from '../sse/sse-decoder';
import {
  responsesEvents,
  responsesHead,
  responsesOutput,
  responsesReasoning,
  responsesStream,
} from './responses-stream-observer.fixture';

describe('observer of openai-responses', () => {
  it('puts together what came of a stream that was cut', () => {
    const { response } = observe('openai-responses', responsesEvents).summary;
    expect(response).toEqual({ ...responsesHead, status: 'in_progress', output: responsesOutput });
    expect(observe('openai-responses', responsesEvents.slice(1)).summary.response).toEqual({ output: responsesOutput });
    expect(observe('openai-responses', []).summary.response).toBeNull();
  });

  it('keeps what came before it was told to keep no more', () => {
    const observer = createStreamObserver('openai-responses');
    const events = new SseDecoder().push(responsesStream);
    events.forEach((item, at) => {
      if (at === 6) observer.stopRecording();
      observer.observe(item);
    });
    expect(observer.summary().response).toMatchObject({
      status: 'completed',
      truncated: true,
      output: [responsesReasoning, { content: [{ text: 'Grüße ' }] }],
    });
  });

  it('takes a failed response for an end and an error', () => {
    const failure = { code: 'server_error', message: 'broken' };
    const failed = { type: 'response.failed', response: { ...responsesHead, status: 'failed', error: failure } };
    const { summary, completions } = observe('openai-responses', [event(failed)]);
    expect(completions).toBe(1);
    expect(summary).toMatchObject({ id: 'resp_1', error: { type: 'server_error', message: 'broken' } });
    expect(summary.response).toEqual(failed.response);
    expect(summariseReply('openai-responses', failed.response).error).toEqual(summary.error);
  });

  it('counts events, for the one that tells of a failure', () => {
    const observer = createStreamObserver('openai-responses');
    expect(observer.nextSequenceNumber).toBe(0);
    for (const item of new SseDecoder().push(Buffer.concat(responsesEvents))) observer.observe(item);
    expect(observer.nextSequenceNumber).toBe(11);
    const error = new SallyportError('upstream_interrupted', 'The upstream went away', { param: 'model' });
    const told = Buffer.from(streamErrorEvent('openai-responses', error, 'r', observer.nextSequenceNumber)).toString();
    expect(told.startsWith('event: error\ndata: ')).toBe(true);
    const fields = { code: 'upstream_interrupted', message: 'The upstream went away', param: 'model' };
    expect(JSON.parse(told.slice(told.indexOf('{')))).toEqual({
      type: 'error',
      sequence_number: 11,
      ...fields,
      error: { type: 'api_error', ...fields },
    });
  });
});

it.each<[name: string, body: unknown, error: object | undefined]>([
  ['a good response', { status: 'completed', error: null }, undefined],
  ['a failed response', { status: 'failed', error: { code: 'c', message: 'm' } }, { type: 'c', message: 'm' }],
  ['a failed response without words', { status: 'failed', error: null }, { type: 'error', message: '' }],
  ['an error body', { error: { type: 't', code: 'c', message: 'm' } }, { type: 't', message: 'm' }],
  ['an error that is a text', { error: 'm' }, { type: 'error', message: 'm' }],
  ['no JSON', undefined, undefined],
])('summarises %s of the Responses API', (_name, body, error) => {
  const summary = summariseReply('openai-responses', body);
  expect(summary.error).toEqual(error);
  expect(summary).toMatchObject({ id: '', response: body ?? null });
});
