import type { LogContentSettings } from '@sallyport/config';
import { SallyportError, type ReplySummary } from '@sallyport/dialects';
import type { Provider } from '@sallyport/providers';
import type { Candidate } from '@sallyport/routing';
import { buildRecord, type CallFailure, type CallTarget } from '@sallyport/usage';
import type { ClientCall } from '../call/client-call';
import type { OpenCalls } from './open-calls';
import type { RecordAlarm } from './record-alarm';
import { recordPolicyOf } from './record-policy';
import type { RecordSink } from './record-sink.port';

/** How a call ended, as far as the record needs to know. */
export interface CallEnd {
  readonly candidate: Candidate<Provider> | undefined;
  readonly streamed: boolean;
  readonly firstByteAt?: number | undefined;
  readonly reply?: ReplySummary | undefined;
  readonly failure?: CallFailure | undefined;
  /** Set for calls that no upstream will hear of, however many there are: their content is not worth its space. */
  readonly withoutContent?: boolean;
}

/** Writes the one record of each call. */
export class CallRecorder {
  /** A call ends once: who comes second waits for the record of the first. */
  private readonly records = new WeakMap<ClientCall, Promise<void>>();

  constructor(
    private readonly sink: Pick<RecordSink, 'append' | 'requireRoom'>,
    private readonly content: LogContentSettings,
    private readonly openCalls: OpenCalls,
    private readonly alarm: RecordAlarm,
  ) {}

  /**
   * Says that a record of this call will come.
   *
   * @throws SallyportError `storage_full` when it could not be kept: no upstream should work for a reply that the caller
   *   cannot get
   */
  expect(call: ClientCall): void {
    try {
      this.sink.requireRoom();
    } catch (error) {
      throw this.refused(call, error);
    }
    this.openCalls.add(call);
  }

  /**
   * Must be awaited before the caller is told that its reply is complete. Only the first end of a call counts.
   *
   * @throws SallyportError `storage_full` or `unavailable` when the record cannot be kept: a reply without a record
   * must not exist
   */
  record(call: ClientCall, end: CallEnd): Promise<void> {
    const known = this.records.get(call);
    if (known !== undefined) return known;
    const record = this.write(call, end).finally(() => this.openCalls.remove(call));
    this.records.set(call, record);
    return record;
  }

  private async write(call: ClientCall, end: CallEnd): Promise<void> {
    try {
      const request = call.describe();
      const policy = recordPolicyOf(call, request, this.content);
      const outcome = {
        request,
        target: end.candidate && targetOf(end.candidate),
        times: { startedAt: call.startedAt, endedAt: Date.now(), firstByteAt: end.firstByteAt },
        streamed: end.streamed,
        reply: end.reply,
        failure: end.failure,
        attempts: [...call.attempts],
        clientLeft: call.life.clientLeft,
      };
      const record = await buildRecord(outcome, end.withoutContent === true ? { ...policy, content: 'none' } : policy);
      await this.sink.append(record);
    } catch (error) {
      throw this.refused(call, error);
    }
    this.alarm.onWritten();
  }

  private refused(call: ClientCall, cause: unknown): SallyportError {
    this.alarm.onRefused(call.callId, cause);
    return refusal(cause);
  }
}

function refusal(cause: unknown): SallyportError {
  const code = cause instanceof SallyportError && cause.code === 'storage_full' ? 'storage_full' : 'unavailable';
  return new SallyportError(code, 'The record of this call cannot be written', { retryable: true, cause });
}

function targetOf({ deployment, model }: Candidate<Provider>): CallTarget {
  return {
    provider: deployment.target.name,
    model,
    deploymentId: deployment.id,
    apiBase: deployment.target.apiBase.split('?', 1)[0] ?? '',
    prices: deployment.prices,
  };
}
