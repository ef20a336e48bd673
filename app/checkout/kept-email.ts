const EMAIL_STORAGE_KEY = 'payonce.email';

/** The address of the last payment on this browser; empty on a first visit. */
export function keptEmail(): string {
  try {
    return localStorage.getItem(EMAIL_STORAGE_KEY) ?? '';
  } catch {
    return '';
  }
}

export function keepEmail(email: string) {
  try {
    localStorage.setItem(EMAIL_STORAGE_KEY, email);
  } catch {
    // Forbidden storage costs only the typing.
  }
}
