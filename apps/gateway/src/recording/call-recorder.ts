import { SallyportError, type ReplySummary } from '@sallyport/dialects';
import type { Provider } from '@sallyport/providers';
import type { Candidate } from '@sallyport/routing';
import { buildRecord, failureOf, type CallFailure, type CallTarget } from '@sallyport/usage';
import type { ClientCall } from '../call/client-call';
import type { RecordSink } from './record-sink.port';

/** How a call ended, as far as the record needs to know. */
export interface CallEnd {
  readonly candidate: Candidate<Provider> | undefined;
  readonly streamed: boolean;
  readonly firstByteAt?: number | undefined;
  readonly reply?: ReplySummary | undefined;
  readonly failure?: CallFailure | undefined;
}

/** Writes the one record of each call. */
export class CallRecorder {
  private readonly open = new Set<ClientCall>();
  private allWritten: () => void = () => undefined;

  /** @param onRefused told of each record that could not be written, so that somebody is alarmed */
  constructor(
    private readonly sink: RecordSink,
    private readonly onRefused: (call: ClientCall, error: unknown) => void,
  ) {}

  /** Says that a record of this call will come. */
  expect(call: ClientCall): void {
    this.open.add(call);
  }

  /** Resolves when every expected record is written, or after `limitMs`. */
  async settled(limitMs: number): Promise<void> {
    if (this.open.size === 0) return;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, limitMs);
      this.allWritten = () => {
        clearTimeout(limit);
        resolve();
      };
    });
  }

  /**
   * Must be awaited before the caller is told that its reply is complete.
   *
   * @throws SallyportError `unavailable` when the record cannot be kept: a reply without a record must not exist
   */
  async record(call: ClientCall, end: CallEnd): Promise<void> {
    try {
      const record = buildRecord({
        request: call.request,
        target: end.candidate && targetOf(end.candidate),
        times: { startedAt: call.startedAt, endedAt: Date.now(), firstByteAt: end.firstByteAt },
        streamed: end.streamed,
        reply: end.reply,
        failure: end.failure,
      });
      await this.sink.append(record);
    } catch (error) {
      this.onRefused(call, error);
      throw new SallyportError('unavailable', 'The record of this call cannot be written', {
        retryable: true,
        cause: error,
      });
    } finally {
      this.open.delete(call);
      if (this.open.size === 0) this.allWritten();
    }
  }
}

function targetOf({ deployment, model }: Candidate<Provider>): CallTarget {
  return {
    provider: deployment.target.name,
    model,
    deploymentId: deployment.id,
    apiBase: deployment.target.apiBase.split('?', 1)[0] ?? '',
  };
}

/** Why an upstream's reply counts as a failure; undefined when it does not. */
export function replyFailure(status: number, { error }: ReplySummary): CallFailure | undefined {
  if (status < 400 && error === undefined) return undefined;
  const kind = error?.type ?? 'upstream_refused';
  return { code: String(status), kind, message: error?.message ?? `The upstream answered with status ${status}` };
}

/** @param error whatever ended a call before its reply did */
export function thrownFailure(error: unknown): CallFailure {
  if (error instanceof SallyportError) return failureOf(error);
  return { code: 'internal', kind: 'internal', message: 'Something went wrong on our side' };
}
