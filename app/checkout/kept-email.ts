/** Whoever only looks around should not have to type: example.com is set apart for addresses that reach nobody. */
const GUEST = 'guest@example.com';

const EMAIL_STORAGE_KEY = 'payonce.email';

/** The address of the last payment on this browser. */
export function keptEmail(): string {
  try {
    return localStorage.getItem(EMAIL_STORAGE_KEY) ?? GUEST;
  } catch {
    return GUEST;
  }
}

export function keepEmail(email: string) {
  try {
    localStorage.setItem(EMAIL_STORAGE_KEY, email);
  } catch {
    // Forbidden storage costs only the typing.
  }
}
