/* SPDX-License-Identifier: MIT */
/*
 * driver.c - gives a fuzz target a main() where the compiler has no fuzzing engine.
 *
 *   fuzz-NAME [--runs N] [--seed S] [FILE...]
 *
 * Runs every file as it is, then N mutations of them (or of nothing): bytes changed, cut out,
 * put in, doubled, spliced from another file. Same seed and files, same inputs.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MOST (1u << 16)
#define FILES_MOST 256

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
    uint8_t *p;
    size_t n;
};

static uint64_t draw(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

static struct input load(const char *path)
{
    struct input input = {malloc(INPUT_MOST), 0};
    FILE *file = fopen(path, "rb");
    if (!file || !input.p) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(2);
    }
    input.n = fread(input.p, 1, INPUT_MOST, file);
    fclose(file);
    return input;
}

/* Put n bytes in at `at`; nothing when the input would be too long. */
static size_t put_in(uint8_t *p, size_t size, size_t at, const void *bytes, size_t n)
{
    if (size + n > INPUT_MOST)
        return size;
    memmove(p + at + n, p + at, size - at);
    memmove(p + at, bytes, n);
    return size + n;
}

static size_t edit(uint8_t *p, size_t n, const struct input *other, uint64_t *state)
{
    static const char *const bits[] = {"\xFF", "\n\n", "<", "{\"", "# ", "|", "\xEF\xBB\xBF",
                                       "\"", "..", "\t", "&#x10ffff;", "\r\n"};
    size_t at = n ? draw(state) % n : 0, length = draw(state) % 64 + 1;
    switch (draw(state) % 5) {
    case 0:
        if (n)
            p[at] = (uint8_t)draw(state);
        return n;
    case 1:
        if (length > n - at)
            length = n - at;
        memmove(p + at, p + at + length, n - at - length);
        return n - length;
    case 2: {
        const char *bit = bits[draw(state) % (sizeof bits / sizeof *bits)];
        return put_in(p, n, at, bit, strlen(bit));
    }
    case 3: {
        uint8_t copy[64];
        if (length > n - at)
            length = n - at;
        memcpy(copy, p + at, length);
        return put_in(p, n, at, copy, length);
    }
    default:
        if (other->n == 0)
            return n;
        length = draw(state) % other->n;
        return put_in(p, n, at, other->p + draw(state) % (other->n - length), length);
    }
}

static int run_mutation(const struct input *seed, const struct input *other, uint64_t *state)
{
    uint8_t *copy = malloc(INPUT_MOST);
    if (!copy)
        return 2;
    size_t n = seed->n;
    if (n)
        memcpy(copy, seed->p, n);
    for (uint64_t edits = draw(state) % 8 + 1; edits > 0; edits--)
        n = edit(copy, n, other, state);
    uint8_t *exact = malloc(n ? n : 1); /* so that one byte too far is seen */
    if (!exact) {
        free(copy);
        return 2;
    }
    memcpy(exact, copy, n);
    LLVMFuzzerTestOneInput(exact, n);
    free(exact);
    free(copy);
    return 0;
}

int main(int argc, char **argv)
{
    static struct input file[FILES_MOST];
    static const struct input nothing;
    size_t n_files = 0, runs = 0;
    uint64_t state = 88172645463325252u;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--runs") == 0 && i + 1 < argc)
            runs = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
            state ^= strtoull(argv[++i], NULL, 10) * 2654435761u;
        else if (n_files < FILES_MOST)
            file[n_files++] = load(argv[i]);
    }
    for (size_t i = 0; i < n_files; i++)
        LLVMFuzzerTestOneInput(file[i].p, file[i].n);
    for (size_t run = 0; run < runs; run++) {
        const struct input *seed = n_files ? &file[draw(&state) % n_files] : &nothing;
        const struct input *other = n_files ? &file[draw(&state) % n_files] : &nothing;
        if (run_mutation(seed, other, &state) != 0)
            return 2;
    }
    printf("%zu files and %zu mutations: no finding\n", n_files, runs);
    for (size_t i = 0; i < n_files; i++)
        free(file[i].p);
    return 0;
}
