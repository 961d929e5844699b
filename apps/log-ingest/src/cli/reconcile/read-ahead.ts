/** Maps what `items` gives, in its order, with up to `atOnce` calls of `read` under way. */
export async function* readAhead<T, R>(
  items: AsyncIterable<T>,
  atOnce: number,
  read: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  for await (const item of items) {
    const reading = read(item);
    // Whoever awaits it is told; until then a failure must not count as unhandled.
    reading.catch(() => undefined);
    underWay.push(reading);
    if (underWay.length >= atOnce) yield await (underWay.shift() as Promise<R>);
  }
  for (const reading of underWay) yield await reading;
}
