const SYSTEM_CODE = /^E[A-Z0-9]+$/;

/** The code of an error of the operating system (`ENOENT`, `ENOSPC`), or undefined. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && SYSTEM_CODE.test(error.code) ? error.code : undefined;
}

/** An error of the operating system in words that say what to do. */
export function explainSystemError(error: unknown): string {
  switch (systemErrorCode(error)) {
    case 'ENOENT':
      return 'it does not exist';
    case 'ENOTDIR':
      return 'a part of its path is not a folder';
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EPERM':
      return 'access is denied; check its permissions';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full; free some space and try again';
    case 'EROFS':
      return 'the disk is read-only; choose another folder';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
