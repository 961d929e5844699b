import type { CallOutcome } from '../call-outcome';
import type { RecordedAttempt, StandardLoggingPayload } from './standard-logging-payload';

type Seconds = Pick<StandardLoggingPayload, 'startTime' | 'endTime' | 'completionStartTime' | 'response_time'>;

export function recordedSeconds({ times, streamed }: CallOutcome): Seconds {
  const { startedAt, endedAt, firstByteAt } = times;
  const completionStartedAt = streamed ? (firstByteAt ?? endedAt) : endedAt;
  return {
    startTime: startedAt / 1000,
    endTime: endedAt / 1000,
    completionStartTime: completionStartedAt / 1000,
    response_time: (completionStartedAt - startedAt) / 1000,
  };
}

/** What a call took up to its first byte, or to its end when it did not stream, without the time of its upstreams. */
export function overheadMs({ times, streamed, attempts }: CallOutcome): number | null {
  const until = streamed ? times.firstByteAt : times.endedAt;
  if (until === undefined || attempts.length === 0) return null;
  const upstreams = attempts.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return Math.max(0, until - times.startedAt - upstreams);
}

export function recordedAttempts({ attempts }: CallOutcome): RecordedAttempt[] {
  return attempts.map((attempt) => ({
    deployment_id: attempt.deploymentId,
    provider: attempt.provider,
    model: attempt.model,
    status: attempt.status,
    started_at: attempt.startedAt / 1000,
    duration_ms: attempt.durationMs,
  }));
}
