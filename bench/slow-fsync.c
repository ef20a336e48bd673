/* A disk whose sync takes SLOW_FSYNC_US microseconds more. Preloaded below SQLite, which then waits as for a real one. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_as_a_slow_disk(void) {
  const char *microseconds = getenv("SLOW_FSYNC_US");
  const long us = microseconds ? atol(microseconds) : 0;
  const struct timespec wait = {us / 1000000, us % 1000000 * 1000};
  nanosleep(&wait, NULL);
}

int fsync(int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
  wait_as_a_slow_disk();
  return real(fd);
}

int fdatasync(int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");
  wait_as_a_slow_disk();
  return real(fd);
}
