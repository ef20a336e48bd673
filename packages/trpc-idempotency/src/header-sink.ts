/** Where the headers of a response are set: fetch's `Headers`, or whatever the host sends its own by. */
export interface HeaderSink {
  set(name: string, value: string): void;
}
