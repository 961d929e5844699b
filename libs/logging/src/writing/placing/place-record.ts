import { SallyportError } from '@sallyport/dialects';
import type { WrittenRecord } from '../record-store.port';

/** What came of putting a record under a path: it is new there, was there already, or something else is. */
export type Placed = 'created' | 'present' | 'taken';

/**
 * Puts a record under its first path, or under its second one where the first is taken.
 *
 * @throws SallyportError `conflict` when both are taken, and what `place` throws
 */
export async function placeRecord(
  [first, second]: readonly [string, string],
  place: (path: string) => Promise<Placed>,
): Promise<WrittenRecord> {
  const asked = await place(first);
  if (asked !== 'taken') return { outcome: asked === 'created' ? 'written' : 'present', path: first };
  const beside = await place(second);
  if (beside === 'taken') throw new SallyportError('conflict', 'Both names of the record are taken by other content');
  return { outcome: beside === 'created' ? 'written_beside' : 'present', path: second };
}
