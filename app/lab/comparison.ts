import { type Point, pointsOf } from './points.ts';
import type { LabSettings } from './settings.ts';
import { type Outcome, outcomeOf } from './simulation/outcome.ts';
import { type Course, courseOf, runLab } from './simulation/run-lab.ts';

export interface Run {
  readonly points: readonly Point[];
  readonly outcome: Outcome;
}

/** Both runs of the same world, with the settings they belong to. */
export interface Comparison {
  readonly settings: LabSettings;
  readonly course: Course;
  readonly runs: readonly [Run, Run];
}

export async function compare(settings: LabSettings): Promise<Comparison> {
  const course = courseOf(settings);
  const [first, second] = settings.runs;
  const runOf = async (chosen: typeof first): Promise<Run> => {
    const windows = await runLab(settings, chosen);
    return { points: pointsOf(windows), outcome: outcomeOf(windows, course, settings.capacityPerS) };
  };
  return { settings, course, runs: [await runOf(first), await runOf(second)] };
}
