/**
 * Hands on what `source` yields, and `ping` whenever it is silent for a while, so that no proxy or client in between
 * takes a slow answer for a dead one.
 *
 * @param source yields whole events only, so that a ping never falls into the middle of one; it is not ended when the
 * reader leaves, as it may have to be read on for its own sake
 */
export async function* keptAlive(
  source: AsyncGenerator<Uint8Array>,
  ping: Uint8Array,
  silenceMs: number,
): AsyncGenerator<Uint8Array> {
  let onSilence = (): void => undefined;
  const timer = setInterval(() => onSilence(), silenceMs);
  try {
    let next = source.next();
    for (;;) {
      const silence = new Promise<undefined>((resolve) => {
        onSilence = () => resolve(undefined);
      });
      const result = await Promise.race([next, silence]);
      if (result === undefined) {
        yield ping;
        continue;
      }
      if (result.done === true) return;
      yield result.value;
      timer.refresh();
      next = source.next();
    }
  } finally {
    clearInterval(timer);
  }
}
