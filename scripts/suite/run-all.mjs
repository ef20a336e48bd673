/** Runs the parts in order and adds up; only a build that failed ends it, since nothing is left to run then. */
export async function runAll(parts, context) {
  const rows = [];
  for (const part of parts) {
    console.log(`\n── ${part.name}`);
    const startedAt = performance.now();
    const counts = await part.run(context);
    rows.push({ name: part.name, seconds: (performance.now() - startedAt) / 1000, ...counts });
    if (counts.fatal) break;
  }
  console.log('\n── Sum');
  for (const { name, passed, failed, seconds } of rows) {
    const verdict = failed === 0 ? 'passed' : `FAILED ${failed}`;
    console.log(
      `${name.padEnd(42)} ${String(passed).padStart(5)} passed  ${seconds.toFixed(1).padStart(6)} s  ${verdict}`,
    );
  }
  const unseen = parts.slice(rows.length);
  for (const { name } of unseen) console.log(`${name.padEnd(42)} not run: counted as failed`);
  return {
    passed: sum(rows, 'passed'),
    failed: sum(rows, 'failed') + unseen.length,
  };
}

const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);
