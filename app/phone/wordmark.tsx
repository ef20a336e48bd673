/** A ring with a dot in it: asked, and charged once. The mark of the shop and the sign language of its bill. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 text-[1.1875rem] font-bold tracking-[-0.03em]">
      <svg viewBox="0 0 22 22" aria-hidden="true" className="size-[1.375rem]">
        <circle cx="11" cy="11" r="9.5" fill="none" className="stroke-accent" strokeWidth="3" />
        <circle cx="11" cy="11" r="4" className="fill-accent" />
      </svg>
      Payonce
    </span>
  );
}
