/** True for a failure of the operating system, such as `ECONNREFUSED`: its message quotes no payload. */
export function isSystemError(error: unknown): boolean {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' && /^(?!ERR_)E[A-Z0-9_]+$/.test(code);
}
