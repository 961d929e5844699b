import type { Masker } from '@sallyport/masking';
import type { ReadinessCheck } from '@sallyport/platform';
import type { MaskingKeys } from '../masking-key/masking-keys';

const SAMPLE = 'alice@example.com';

/** Masks a sample: an app that cannot mask must not be sent calls. */
export class MaskingSelfTest implements ReadinessCheck {
  readonly name = 'masking_engine';

  constructor(
    private readonly masker: Masker,
    private readonly keys: MaskingKeys,
  ) {}

  check(): Promise<void> {
    return this.works() ? Promise.resolve() : Promise.reject(new Error('a sample was not masked'));
  }

  /** Whether the sample is found and none of it stays. */
  works(): boolean {
    const { masked, findings } = this.masker.maskText(SAMPLE, this.keys.scope(''));
    return findings.length === 1 && !masked.includes(SAMPLE);
  }
}
