import type { OutboxDatabase } from './outbox-database';

/** What was read, and the version that a replacement must find unchanged; 0 when there was nothing. */
export interface CellState<T> {
  readonly value: T;
  readonly version: number;
}

/** A value that several processes replace. None of them holds a lock meanwhile: who read an old version starts over. */
export class VersionedCell<T> {
  /** @param initial stands for a value that was never written */
  constructor(
    private readonly database: OutboxDatabase,
    private readonly key: string,
    private readonly initial: T,
  ) {}

  read(): CellState<T> {
    const entry = this.database.cells.getEntry(this.key) as { value: T; version?: number } | undefined;
    return { value: entry?.value ?? this.initial, version: entry?.version ?? 0 };
  }

  /**
   * @param also further writes that are made together with the replacement, or not at all
   * @returns false when the value was replaced since `version`, and nothing was written
   */
  replace(version: number, value: T, also: () => void = () => undefined): Promise<boolean> {
    const { cells } = this.database;
    const writes = (): void => {
      void cells.put(this.key, value, version + 1);
      also();
    };
    return version === 0 ? cells.ifNoExists(this.key, writes) : cells.ifVersion(this.key, version, writes);
  }
}
