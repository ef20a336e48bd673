/**
 * Whether `fetch` failed to get or to finish an answer. The standard says only TypeError, which a bug throws too, so
 * the words of each engine are compared; they have been stable for years.
 */
export function isNetworkError(error: unknown): boolean {
  return error instanceof TypeError && MESSAGES.some((message) => error.message.startsWith(message));
}

const MESSAGES = [
  'Failed to fetch', // Chromium
  'network error', // Chromium, while the body is read
  'NetworkError when attempting to fetch', // Firefox
  'Error in input stream', // Firefox, while the body is read
  'Load failed', // Safari
  'The network connection was lost', // Safari
  'The Internet connection appears to be offline', // Safari
  'Network request failed', // React Native
  'fetch failed', // Node
  'terminated', // Node, while the body is read
];
