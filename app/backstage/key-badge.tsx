/** A key by the name that its buyer knows it by: the same end that the timeline and the checkout show. */
export function KeyBadge({ name }: { name: string | null }) {
  return (
    <span
      className={`rounded-full px-2.5 py-1 text-sm whitespace-nowrap ${name === null ? 'text-danger shadow-[inset_0_0_0_1px_var(--danger)]' : 'bg-accent-soft text-ink'}`}
    >
      {keyWords(name)}
    </span>
  );
}

export const keyWords = (name: string | null) => (name === null ? 'no key' : `key ${name}`);
