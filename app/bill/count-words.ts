/** `once`, `twice`, `3 times`: how often, in words. */
export function countWord(count: number): string {
  if (count === 1) return 'once';
  if (count === 2) return 'twice';
  return `${count} times`;
}
