/** A failure that a person can act on: one sentence that says what is wrong and what to do. */
export class PlainFailure extends Error {}

/** Runs a script. A plain failure ends it with its sentence alone; anything else is a bug and keeps its stack. */
export function run(main) {
  main().catch((failure) => {
    console.error(failure instanceof PlainFailure ? failure.message : failure);
    process.exit(1);
  });
}
