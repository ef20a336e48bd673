import { readFileSync } from 'node:fs';

/** One check that has no tests inside: it counts once. */
export const countOf = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

/** Vitest's JSON report. A test that was skipped proved nothing, so it counts as failed. */
export function countVitest(reportFile, ok) {
  return countReport(reportFile, ok, (report) => {
    const { numPassedTests: passed, numTotalTests: total } = report;
    // A file that fails to load has no tests to count, and must not pass for that.
    const unloaded = report.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    return { passed, failed: total - passed + unloaded.length };
  });
}

/** Playwright's JSON report. `flaky` cannot occur without retries; if it ever does, it is a failure. */
export function countPlaywright(reportFile, ok) {
  return countReport(reportFile, ok, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
  }));
}

function countReport(reportFile, ok, count) {
  let counts;
  try {
    counts = count(JSON.parse(readFileSync(reportFile, 'utf8')));
  } catch {
    return countOf(false);
  }
  // A run may fail beside its tests, by an unhandled rejection for one. Nothing at all is no success either.
  const isFailedUnseen = (!ok || counts.passed === 0) && counts.failed === 0;
  return isFailedUnseen ? { ...counts, failed: 1 } : counts;
}
