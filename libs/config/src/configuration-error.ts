/** Start-up is refused: carries every problem found, none of which shows a value that could be secret. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration has ${problems.length} problem(s):\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

/** Collects problems while settings are read, so that an operator sees all of them at once. */
export class ConfigurationProblems {
  private readonly lines = new Set<string>();

  /** @param where the variable or the path in the configuration file */
  add(where: string, what: string): void {
    this.lines.add(`${where}: ${what}`);
  }

  /** @throws ConfigurationError when anything was added */
  throwIfAny(): void {
    if (this.lines.size > 0) throw new ConfigurationError([...this.lines]);
  }
}
