/** The backstage before its code is there: the room that it will take. */
export function BackstageLoading() {
  return (
    <>
      <p className="sr-only">Loading the backstage</p>
      {['h-30', 'h-32', 'h-28', 'h-64'].map((height) => (
        <div key={height} aria-hidden="true" className={`${height} shrink-0 animate-pulse rounded-3xl bg-sunken`} />
      ))}
    </>
  );
}
