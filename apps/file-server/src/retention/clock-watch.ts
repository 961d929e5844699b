/** Two clocks of a machine, in milliseconds. */
export interface Clocks {
  /** The time of day, which may be set. */
  wall(): number;
  /** Only ever counts on. */
  steady(): number;
}

/** A clock that was set by less than this is corrected, not wrong. */
const TOLERATED_MS = 3_600_000;

/** Notices that the time of day was set by a large amount: what is deleted by date must not trust such a clock. */
export class ClockWatch {
  private offset: number;

  constructor(private readonly clocks: Clocks) {
    this.offset = this.read();
  }

  /**
   * @returns by how many milliseconds the clock was set since the last call, when it was set by more than an hour; else
   *   0. The new time is taken for right from then on.
   */
  jumped(): number {
    const offset = this.read();
    const by = offset - this.offset;
    this.offset = offset;
    return Math.abs(by) > TOLERATED_MS ? by : 0;
  }

  private read(): number {
    return this.clocks.wall() - this.clocks.steady();
  }
}
