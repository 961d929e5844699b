/** Reads a list page by page. Each page says where the next one starts; null at the end. */
export async function* readPages<P extends { readonly next: string | number | null }>(
  first: NonNullable<P['next']>,
  read: (start: NonNullable<P['next']>) => Promise<P>,
): AsyncGenerator<P> {
  let start: P['next'] = first;
  while (start !== null) {
    const page: P = await read(start);
    yield page;
    start = page.next;
  }
}
