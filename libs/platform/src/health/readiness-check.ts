/** Something that an app cannot work without. Never an upstream: its outage must not take the whole app away. */
export interface ReadinessCheck {
  readonly name: string;
  /** Rejects when the app cannot do its work now. */
  check(): Promise<void>;
}

/** A sign that the process still makes progress; asked by `/livez`, which answers 200 while draining. */
export type LivenessCheck = ReadinessCheck;

export interface HealthChecks {
  readonly ready?: readonly ReadinessCheck[];
  readonly live?: readonly LivenessCheck[];
}

export const HEALTH_CHECKS = Symbol('HEALTH_CHECKS');
