import type { ClientCall } from '../call/client-call';

/** The calls whose record is still to come. */
export class OpenCalls {
  private readonly calls = new Set<ClientCall>();
  private isCutOff = false;
  private onNone: () => void = () => undefined;

  add(call: ClientCall): void {
    this.calls.add(call);
    if (this.isCutOff) call.life.cutOff();
  }

  remove(call: ClientCall): void {
    this.calls.delete(call);
    if (this.calls.size === 0) this.onNone();
  }

  /** Ends all calls, those that are still to come as well, because the gateway stops. */
  cutOff(): void {
    this.isCutOff = true;
    for (const call of this.calls) call.life.cutOff();
  }

  /** Resolves when no call is open, or after `limitMs`. */
  async settled(limitMs: number): Promise<void> {
    if (this.calls.size === 0) return;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, limitMs);
      this.onNone = () => {
        clearTimeout(limit);
        resolve();
      };
    });
  }
}
