import type { ReadinessCheck } from '@sallyport/platform';
import type { QueueBackend } from '@sallyport/stores';

/** Without its queue the app has nothing to do. */
export class QueueReadiness implements ReadinessCheck {
  readonly name = 'queue';

  constructor(private readonly backend: Pick<QueueBackend, 'isReady' | 'alarms'>) {}

  check(): Promise<void> {
    if (this.backend.isReady()) return Promise.resolve();
    return Promise.reject(new Error(this.backend.alarms().join('; ') || 'The queue is away'));
  }
}
