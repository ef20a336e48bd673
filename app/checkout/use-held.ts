'use client';

import { useState } from 'react';

/**
 * The value as it is now or, while it is held, as it was last before that.
 *
 * @param value the same object as long as it says the same.
 */
export function useHeld<T>(value: T, isHeld: boolean): T {
  const [held, setHeld] = useState(value);
  // React's own way to follow a value: set while rendering, and rendered once more before anybody sees it.
  if (!isHeld && held !== value) setHeld(value);
  return isHeld ? held : value;
}
