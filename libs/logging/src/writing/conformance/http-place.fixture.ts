import type { RecordedRequest, ScriptedReply, ScriptedUpstream } from '@sallyport/testing';
import type { Faults } from './test-place.fixture';

/** What all places behind HTTP share: requests are counted, and one of them can fail in every way a network can. */
export abstract class HttpPlace {
  readonly traffic = { writes: 0, active: 0, most: 0 };
  readonly requests: RecordedRequest[] = [];
  /** Answers instead of the double; undefined: it answers itself. */
  protected fault: ((request: RecordedRequest) => ScriptedReply | Promise<ScriptedReply>) | undefined;

  protected constructor(protected readonly server: ScriptedUpstream) {
    server.script((request) => this.reply(request));
  }

  protected abstract isWrite(request: RecordedRequest): boolean;
  protected abstract answer(request: RecordedRequest): ScriptedReply | Promise<ScriptedReply>;
  protected abstract refuse(status: number): ScriptedReply;

  get faults(): Faults {
    const failing = (status: number) => () => void (this.fault = () => this.refuse(status));
    return {
      hangs: () => void (this.fault = () => new Promise(() => undefined)),
      'breaks connections': () => void (this.fault = () => ({ fault: 'reset' })),
      'stores, but breaks the connection before it answers': () =>
        void (this.fault = async (request) => {
          await this.answer(request);
          return { fault: 'reset' };
        }),
      'answers 403': failing(403),
      'answers 404': failing(404),
      'answers 429': failing(429),
      'answers 500': failing(500),
      'answers 503': failing(503),
    };
  }

  mend(): void {
    this.fault = undefined;
  }

  stop(): Promise<void> {
    return this.server.close();
  }

  private async reply(request: RecordedRequest): Promise<ScriptedReply> {
    this.requests.push(request);
    if (!this.isWrite(request)) return this.fault === undefined ? this.answer(request) : this.fault(request);
    this.traffic.writes += 1;
    this.traffic.active += 1;
    this.traffic.most = Math.max(this.traffic.most, this.traffic.active);
    try {
      // Others come in before this one is answered.
      await new Promise((resolve) => setTimeout(resolve, 1));
      return await (this.fault === undefined ? this.answer(request) : this.fault(request));
    } finally {
      this.traffic.active -= 1;
    }
  }
}
