import { SallyportError } from '@sallyport/dialects';
import type { CallRequest, StandardLoggingPayload } from '@sallyport/usage';
import { CallLife } from '../call/call-life';
import type { ClientCall } from '../call/client-call';
import { CallRecorder } from './call-recorder';
import { OpenCalls } from './open-calls';
import type { RecordAlarm } from './record-alarm';

const request: CallRequest = {
  callId: 'call-1',
  traceId: 't',
  endpoint: 'openai-chat',
  route: '/v1/chat/completions',
  model: 'm',
  keyHash: null,
  clientIp: null,
  userAgent: null,
  customHeaders: null,
  body: { messages: [{ role: 'user', content: 'Hi' }] },
};
const call = (): ClientCall =>
  ({
    callId: 'call-1',
    headers: {},
    startedAt: 0,
    attempts: [],
    life: new CallLife(),
    describe: () => request,
  }) as unknown as ClientCall;
const END = { candidate: undefined, streamed: false };
const FAILED = { ...END, failure: { code: 'internal', kind: 'internal', message: 'no' } };

describe(CallRecorder.name, () => {
  const records: StandardLoggingPayload[] = [];
  const told: string[] = [];
  let broken: Error | undefined;
  let full: Error | undefined;
  const alarm = { onRefused: () => told.push('refused'), onWritten: () => told.push('written') };
  const openCalls = new OpenCalls();
  const recorder = new CallRecorder(
    {
      requireRoom: () => {
        if (full !== undefined) throw full;
      },
      append: (record) => (broken ? Promise.reject(broken) : Promise.resolve(void records.push(record))),
    },
    { default: 'full', byKey: new Map(), maxBase64Length: 64 },
    openCalls,
    alarm as unknown as RecordAlarm,
  );
  beforeEach(() => {
    records.length = 0;
    told.length = 0;
    broken = undefined;
    full = undefined;
  });

  it('expects no call whose record has no room, and tells of it', async () => {
    full = new SallyportError('storage_full', 'of 7 bytes');
    expect(() => recorder.expect(call())).toThrow(
      expect.objectContaining({
        code: 'storage_full',
        retryable: true,
        message: expect.not.stringContaining('7') as string,
      }) as Error,
    );
    expect(told).toEqual(['refused']);
    await openCalls.settled(600_000);
  });

  it('writes one record of a call, however many say that it has ended', async () => {
    const ended = call();
    await Promise.all([recorder.record(ended, END), recorder.record(ended, FAILED)]);
    await recorder.record(ended, FAILED);
    expect(records).toMatchObject([{ litellm_call_id: 'call-1', status: 'success' }]);
    expect(told).toEqual(['written']);
  });

  it.each([
    { error: new SallyportError('storage_full', 'no room'), code: 'storage_full' },
    { error: new Error('disk is gone'), code: 'unavailable' },
  ])('fails the call with $code, and tries no second record', async ({ error, code }) => {
    broken = error;
    const ended = call();
    recorder.expect(ended);
    await expect(recorder.record(ended, END)).rejects.toMatchObject({ code, retryable: true });
    broken = undefined;
    await expect(recorder.record(ended, END)).rejects.toMatchObject({ code });
    expect([records, told]).toEqual([[], ['refused']]);
    await openCalls.settled(600_000);
  });
});
