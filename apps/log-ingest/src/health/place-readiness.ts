import type { ReadinessCheck } from '@sallyport/platform';
import type { PlaceWatch } from '../ingest/place-watch';

/** Without a place for the records they wait in the queue; the probe says why. */
export class PlaceReadiness implements ReadinessCheck {
  readonly name = 'records';

  constructor(private readonly place: Pick<PlaceWatch, 'problem'>) {}

  check(): Promise<void> {
    const { problem } = this.place;
    return problem === undefined ? Promise.resolve() : Promise.reject(new Error(problem));
  }
}
