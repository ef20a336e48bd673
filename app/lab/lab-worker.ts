import { compare } from './comparison.ts';
import type { LabSettings } from './settings.ts';

// Nobody reads where a simulated failure came from, and noting it is a quarter of the work.
Error.stackTraceLimit = 0;

self.onmessage = ({ data }: MessageEvent<LabSettings>) => {
  void compare(data).then((comparison) => self.postMessage(comparison));
};
