/** Something is under way. The words beside it say what. */
export function Waiting() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className="mt-px size-5 shrink-0 animate-turn">
      <circle cx="10" cy="10" r="8" fill="none" strokeWidth="2.5" className="stroke-line" />
      <path d="M10 2a8 8 0 0 1 8 8" fill="none" strokeWidth="2.5" strokeLinecap="round" className="stroke-accent" />
    </svg>
  );
}
