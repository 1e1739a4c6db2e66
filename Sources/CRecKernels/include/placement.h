#pragma once
#include <pthread.h>

/// The number of processors that the calling thread may use, at least 1.
int rec_processor_count(void);

/// Remembers the processors that the calling thread may use, for `rec_restore_processors`.
void rec_remember_processors(void);

/// Lets a sleeping thread wake on the processor `index` places after the caller's, of those that the caller may use. A
/// thread that wakes where its waker is busy waits there until the system moves it, for milliseconds.
void rec_place_thread(pthread_t thread, int index);

/// Lets the calling thread use again all that it remembered; it stays where it is until the system moves it.
void rec_restore_processors(void);

/// Hints to the processor that this is a busy-wait loop.
static inline void rec_relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}
