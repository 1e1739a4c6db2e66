// The one look at the processor, and the tables that follow from it; contracts in include/processor.h and kernels.h.
#include "include/kernels.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

// Each file in levels/ puts its kernels into a table that already has those of the level before.
void rec_plug_scalar(rec_kernels *kernels);
void rec_plug_avx2(rec_kernels *kernels);
void rec_plug_avx512(rec_kernels *kernels);
void rec_plug_sha(rec_kernels *kernels);
void rec_plug_bf16(rec_kernels *kernels);

static int runs_always(void) { return 1; }

#if defined(__x86_64__)
static int runs_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

static int runs_avx512(void) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
           && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni");
}

/// The SHA extensions (leaf 7, bit 29 of EBX) are no part of a level: processors with AVX2 have them or not.
static int runs_sha(void) {
    unsigned int eax, ebx, ecx, edx;
    return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (ebx >> 29 & 1);
}

static void plug_avx2(rec_kernels *kernels) {
    rec_plug_avx2(kernels);
    if (runs_sha()) rec_plug_sha(kernels);
}

/// Products of bfloat16 (leaf 7, subleaf 1, bit 5 of EAX) are no part of a level either.
static int runs_bf16(void) {
    unsigned int eax, ebx, ecx, edx;
    return __get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx) && (eax >> 5 & 1);
}

static void plug_avx512(rec_kernels *kernels) {
    rec_plug_avx512(kernels);
    if (runs_bf16()) rec_plug_bf16(kernels);
}
#endif

/// The levels of this architecture; each has the kernels of those before it, except for what it plugs itself.
static const struct {
    const char *name;
    int (*runs)(void);
    void (*plug)(rec_kernels *);
} levels[REC_LEVEL_COUNT] = {
    [REC_SCALAR] = {.name = "scalar", .runs = runs_always, .plug = rec_plug_scalar},
#if defined(__x86_64__)
    [REC_AVX2] = {.name = "avx2", .runs = runs_avx2, .plug = plug_avx2},
    [REC_AVX512] = {.name = "avx512", .runs = runs_avx512, .plug = plug_avx512},
#endif
};

static rec_kernels tables[REC_LEVEL_COUNT];
static int runs[REC_LEVEL_COUNT];
static rec_level best;

static void probe(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
#endif
    const char *wanted = getenv("REC_CPU");
    rec_kernels kernels;
    int below = 1, is_reached = 0;
    for (int level = 0; level < REC_LEVEL_COUNT; level++) {
        if (!levels[level].name) continue;
        below = below && levels[level].runs();
        if (!below) continue;
        levels[level].plug(&kernels);
        tables[level] = kernels;
        runs[level] = 1;
        if (!is_reached) best = (rec_level)level;
        is_reached = is_reached || (wanted && strcmp(wanted, levels[level].name) == 0);
    }
}

static void look(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, probe);
}

const char *rec_level_name(rec_level level) { return levels[level].name; }

int rec_level_runs(rec_level level) {
    look();
    return runs[level];
}

rec_level rec_level_best(void) {
    look();
    return best;
}

const rec_kernels *rec_kernels_at(rec_level level) {
    look();
    return &tables[level];
}
