// Where threads wake; contracts in ../include/placement.h. Threads stay where they are on systems other than Linux.
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "../include/placement.h"

#if defined(__linux__)
#include <sched.h>

static _Thread_local cpu_set_t remembered;
static _Thread_local int remembers;

int rec_processor_count(void) {
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1;
    return CPU_COUNT(&allowed);
}

void rec_remember_processors(void) { remembers = sched_getaffinity(0, sizeof remembered, &remembered) == 0; }

void rec_restore_processors(void) {
    if (remembers) sched_setaffinity(0, sizeof remembered, &remembered);
}

void rec_place_thread(pthread_t thread, int index) {
    cpu_set_t allowed, chosen;
    const int here = sched_getcpu();
    if (here < 0 || sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
    const int count = CPU_COUNT(&allowed);
    if (count < 2) return;
    int steps = 1 + index % (count - 1), processor = here;
    while (steps > 0) {
        processor = (processor + 1) % CPU_SETSIZE;
        if (CPU_ISSET(processor, &allowed)) steps--;
    }
    CPU_ZERO(&chosen);
    CPU_SET(processor, &chosen);
    pthread_setaffinity_np(thread, sizeof chosen, &chosen);
}
#else
#include <unistd.h>

int rec_processor_count(void) {
    const long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 1 ? (int)count : 1;
}

void rec_remember_processors(void) {}
void rec_restore_processors(void) {}
void rec_place_thread(pthread_t thread, int index) {
    (void)thread;
    (void)index;
}
#endif
