import type { ReadinessCheck } from '@sallyport/platform';
import type { QueueBackend } from '@sallyport/stores';

/** Without its queue the app has nothing to do. */
export class QueueReadiness implements ReadinessCheck {
  readonly name = 'queue';

  constructor(private readonly backend: Pick<QueueBackend, 'isReady'>) {}

  check(): Promise<void> {
    return this.backend.isReady() ? Promise.resolve() : Promise.reject(new Error('The queue is away'));
  }
}
