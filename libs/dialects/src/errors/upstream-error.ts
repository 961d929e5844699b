/** What an upstream said when it refused or failed, free of any dialect. */
export interface UpstreamError {
  /** HTTP status, or the one that the error's own code or type stands for; decides the type that a client sees. */
  readonly status: number;
  readonly message: string;
  /** The upstream's own `error.type`; empty when it gave none. */
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}
