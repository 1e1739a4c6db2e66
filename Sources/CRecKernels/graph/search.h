// Searches over a graph of codes, compiled once for each level; contract in ../include/graph_i8.h.
//
// The including file defines NAME(x) and has the step NAME(four_products).

/// Nodes that are left together, so that what they lead to is read from memory at the same time.
enum { NODES_TOGETHER = 2 };

/// Entries that a walk starts from, at most.
enum { STARTS = 8 };

/// The mark of a node that has been left.
#define LEFT 0x80000000u

static inline void NAME(expect_record)(const uint8_t *record, size_t size) {
    for (size_t i = 0; i < size; i += 64) __builtin_prefetch(record + i, 0, 2);
}

/// The scores of four nodes by their records; the same operations in the same order at every level.
static inline void NAME(four_scores)(const rec_node_query *query, int32_t sum, const uint8_t *const records[4],
                                     size_t size, const uint32_t nodes[4], float scores[4]) {
#pragma clang fp contract(off)
    int32_t products[4];
    float offsets[4];
    uint16_t tails[4], factors[4];
    NAME(four_products)(query->codes, sum, records, size, products);
    for (int i = 0; i < 4; i++) {
        const uint8_t *numbers = records[i] + size - REC_NODE_NUMBERS;
        memcpy(&offsets[i], numbers, 4);
        memcpy(&tails[i], numbers + 4, 2);
        memcpy(&factors[i], numbers + 6, 2);
    }
    for (int i = 0; i < 4; i++) {
        const float tail = (float)tails[i] * 0x1p-15f, factor = (float)factors[i] * 0x1p-18f;
        scores[i] = (float)products[i] * (query->scale * factor) + (offsets[i] + query->tail * tail) + query->base;
    }
    for (int i = 0; query->pattern_of_node && i < 4; i++) {
        const float *pattern = query->patterns + 2 * (size_t)query->pattern_of_node[nodes[i]];
        scores[i] = pattern[0] * scores[i] + pattern[1];
    }
    // So that rows are sorted, and a node that is scored again has an equal score.
    for (int i = 0; i < 4; i++) scores[i] = scores[i] == scores[i] ? scores[i] : -__builtin_inff();
}

static inline int32_t NAME(sum_of_codes)(const int8_t *codes, size_t count) {
    int32_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += codes[i];
    return sum;
}

/// Appends those of a node's neighbours that have not been met, as far as is known, to `fresh`. Returns their number.
///
/// Only the last node of each hash is known, so that there is no branch, which would be predicted wrong half of the
/// time. A node that is met again is scored again: `put` finds it in its row, or its score does not get in.
static inline size_t NAME(append_unseen)(const rec_graph_room *room, const uint32_t *neighbours, size_t degree,
                                         uint32_t *fresh) {
    size_t count = 0;
    for (size_t i = 0; i < degree && neighbours[i] != REC_NO_NODE; i++) {
        const uint32_t node = neighbours[i];
        uint32_t *seen = room->seen + ((node * 2654435761u) >> (32 - room->seen_bits));
        fresh[count] = node;
        count += *seen != node;
        *seen = node;
    }
    return count;
}

/// Puts a node whose score gets in behind those that score at least as much; the last one falls out of a full row.
/// Returns its place, or `limit` if the row has the node. Rows are sorted.
static inline size_t NAME(put)(float *scores, uint32_t *nodes, size_t *count, size_t limit, float score,
                               uint32_t node) {
    uint32_t before = 0;
    for (size_t i = 0; i < *count; i++) before += !(scores[i] < score);
    const size_t place = before;
    for (size_t i = place; i > 0 && scores[i - 1] == score; i--) {
        if ((nodes[i - 1] & ~LEFT) == node) return limit;
    }
    const size_t behind = (*count < limit ? *count : limit - 1) - place;
    memmove(scores + place + 1, scores + place, behind * sizeof *scores);
    memmove(nodes + place + 1, nodes + place, behind * sizeof *nodes);
    scores[place] = score;
    nodes[place] = node;
    *count += *count < limit;
    return place;
}

static inline int NAME(gets_in)(const float *scores, size_t count, size_t limit, float score) {
    return count < limit || score > scores[count - 1];
}

static inline int NAME(is_allowed)(const rec_node_query *query, uint32_t node) {
    return !query->allowed || (query->allowed[node / 64] >> (node % 64) & 1);
}

/// Puts the best of `length` nodes, whose records lie one after another, into a row of `limit`. Where `names` is NULL,
/// nodes are named by their places.
static inline void NAME(put_best)(const rec_node_query *query, int32_t sum, const uint8_t *run, const uint32_t *names,
                                  size_t length, size_t size, size_t limit, float *scores, uint32_t *nodes,
                                  size_t *count) {
    for (size_t first = 0; first < length; first += 4) {
        const uint8_t *records[4];
        uint32_t four[4];
        float found[4];
        for (size_t i = 0; i < 4; i++) {
            const size_t place = first + i < length ? first + i : length - 1;
            records[i] = run + place * size;
            four[i] = names ? names[place] : (uint32_t)place;
        }
        NAME(four_scores)(query, sum, records, size, four, found);
        for (size_t i = 0; i < 4 && first + i < length; i++) {
            if (!NAME(gets_in)(scores, *count, limit, found[i])) continue;
            NAME(put)(scores, nodes, count, limit, found[i], four[i]);
        }
    }
}

/// The best entries of the groups with the nearest centres. Returns how many records were compared.
static size_t NAME(find_entries)(const rec_graph *graph, const rec_node_query *query, int32_t sum, size_t limit,
                                 float *scores, uint32_t *nodes, size_t *count) {
    const size_t size = graph->record_size;
    // A centre stands for entries of other patterns, too, so only its cosine counts.
    rec_node_query bare = *query;
    bare.pattern_of_node = NULL;
    float cosines[REC_PROBES];
    uint32_t groups[REC_PROBES];
    size_t group_count = 0, scored = graph->group_count;
    NAME(put_best)(&bare, sum, graph->centres, NULL, graph->group_count, size, REC_PROBES, cosines, groups,
                   &group_count);
    for (size_t i = 0; i < group_count; i++) {
        const size_t start = graph->group_starts[groups[i]], length = graph->group_starts[groups[i] + 1] - start;
        NAME(put_best)(query, sum, graph->entries + start * size, graph->entry_nodes + start, length, size, limit,
                       scores, nodes, count);
        scored += length;
    }
    return scored;
}

static size_t NAME(search_graph)(const rec_graph *graph, const rec_node_query *query, size_t width, size_t wanted,
                           rec_graph_room *room, size_t *met) {
    const size_t size = graph->record_size, degree = graph->degree;
    const int32_t sum = NAME(sum_of_codes)(query->codes, 2 * size);
    memset(room->seen, 0xFF, sizeof *room->seen << room->seen_bits);
    size_t count = 0, found = 0, scored;
    float *scores = room->scores;
    uint32_t *nodes = room->nodes;

    scored = NAME(find_entries)(graph, query, sum, width < STARTS ? width : STARTS, scores, nodes, &count);
    for (size_t i = 0; i < count; i++) {
        if (query->allowed && NAME(is_allowed)(query, nodes[i])
            && NAME(gets_in)(room->found_scores, found, wanted, scores[i])) {
            NAME(put)(room->found_scores, room->found_nodes, &found, wanted, scores[i], nodes[i]);
        }
    }

    uint32_t fresh[NODES_TOGETHER * REC_MOST_NEIGHBOURS + 4];
    for (size_t place = 0;;) {
        uint32_t left[NODES_TOGETHER];
        size_t together = 0, fresh_count = 0;
        for (; place < count && together < NODES_TOGETHER; place++) {
            if (nodes[place] & LEFT) continue;
            left[together++] = nodes[place];
            nodes[place] |= LEFT;
        }
        if (!together) break;
        for (size_t number = 0; number < together; number++) {
            fresh_count += NAME(append_unseen)(room, graph->neighbours + left[number] * degree, degree,
                                               fresh + fresh_count);
        }
        for (size_t i = 0; i < fresh_count; i++) NAME(expect_record)(graph->records + fresh[i] * size, size);
        scored += fresh_count;
        for (size_t first = 0; first < fresh_count; first += 4) {
            const uint8_t *records[4];
            float four[4];
            for (size_t i = fresh_count; i < first + 4; i++) fresh[i] = fresh[fresh_count - 1];
            for (size_t i = 0; i < 4; i++) records[i] = graph->records + fresh[first + i] * size;
            NAME(four_scores)(query, sum, records, size, fresh + first, four);
            for (size_t i = 0; i < 4 && first + i < fresh_count; i++) {
                const uint32_t node = fresh[first + i];
                if (query->allowed && NAME(is_allowed)(query, node)
                    && NAME(gets_in)(room->found_scores, found, wanted, four[i])) {
                    NAME(put)(room->found_scores, room->found_nodes, &found, wanted, four[i], node);
                }
                if (!NAME(gets_in)(scores, count, width, four[i])) continue;
                const size_t at = NAME(put)(scores, nodes, &count, width, four[i], node);
                if (at < place) place = at;
                __builtin_prefetch(graph->neighbours + node * degree, 0, 2);
                __builtin_prefetch(graph->neighbours + node * degree + degree - 1, 0, 2);
            }
        }
    }
    *met = scored;
    if (query->allowed) return found;
    found = count < wanted ? count : wanted;
    for (size_t i = 0; i < found; i++) {
        room->found_scores[i] = scores[i];
        room->found_nodes[i] = nodes[i] & ~LEFT;
    }
    return found;
}

static size_t NAME(scan_nodes)(const rec_graph *graph, const rec_node_query *query, size_t first, size_t end,
                               float least, rec_node *found) {
    const size_t size = graph->record_size;
    const int32_t sum = NAME(sum_of_codes)(query->codes, 2 * size);
    size_t count = 0;
    for (size_t node = first; node < end; node += 4) {
        const uint8_t *records[4];
        uint32_t four[4];
        float scores[4];
        for (size_t i = 0; i < 4; i++) {
            four[i] = (uint32_t)(node + i < end ? node + i : end - 1);
            records[i] = graph->records + four[i] * size;
        }
        NAME(four_scores)(query, sum, records, size, four, scores);
        for (size_t i = 0; i < 4 && node + i < end; i++) {
            found[count] = (rec_node){scores[i], four[i]};
            count += scores[i] > least;
        }
    }
    return count;
}

static void NAME(products_of_rows)(const int8_t *vector, const uint8_t *others, size_t length, size_t count,
                                   int32_t *products) {
    const int32_t sum = NAME(sum_of_codes)(vector, 2 * length);
    for (size_t first = 0; first < count; first += 4) {
        const uint8_t *rows[4];
        int32_t four[4];
        for (size_t i = 0; i < 4; i++) rows[i] = others + (first + i < count ? first + i : count - 1) * length;
        NAME(four_products)(vector, sum, rows, length, four);
        for (size_t i = 0; i < 4 && first + i < count; i++) products[first + i] = four[i];
    }
}

static void NAME(subtract)(const float *vector, const float *other, size_t count, float *difference) {
    for (size_t i = 0; i < count; i++) difference[i] = vector[i] - other[i];
}

static float NAME(greatest_magnitude)(const float *numbers, size_t count) {
    enum { LANES = 32 };
    float lanes[LANES] = {0}, greatest = 0;
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (size_t lane = 0; lane < LANES; lane++) {
            const float magnitude = __builtin_fabsf(numbers[i + lane]);
            lanes[lane] = magnitude > lanes[lane] ? magnitude : lanes[lane];
        }
    }
    for (; i < count; i++) {
        const float magnitude = __builtin_fabsf(numbers[i]);
        greatest = magnitude > greatest ? magnitude : greatest;
    }
    for (size_t lane = 0; lane < LANES; lane++) greatest = lanes[lane] > greatest ? lanes[lane] : greatest;
    return greatest;
}

static void NAME(round_to_codes)(const float *numbers, size_t count, float by, int8_t *codes) {
    for (size_t i = 0; i < count; i++) {
        const float value = numbers[i] * by;
        const float high = value < 127.0f ? value : 127.0f;
        codes[i] = (int8_t)__builtin_rintf(value > -127.0f ? high : -127.0f);
    }
}

static void NAME(products_of_nodes)(const rec_graph *graph, const int8_t *codes, const uint32_t *nodes, size_t count,
                                    int32_t *products) {
    const size_t size = graph->record_size;
    const int32_t sum = NAME(sum_of_codes)(codes, 2 * size);
    for (size_t first = 0; first < count; first += 4) {
        const uint8_t *records[4];
        int32_t four[4];
        for (size_t i = 0; i < 4; i++) {
            records[i] = graph->records + nodes[first + i < count ? first + i : count - 1] * size;
        }
        NAME(four_products)(codes, sum, records, size, four);
        for (size_t i = 0; i < 4 && first + i < count; i++) products[first + i] = four[i];
    }
}

#define GRAPH_KERNELS                                                                                               \
    (rec_graph_kernels) {                                                                                            \
        .search = NAME(search_graph), .scan = NAME(scan_nodes), .products = NAME(products_of_rows),                  \
        .subtract = NAME(subtract), .greatest = NAME(greatest_magnitude), .round = NAME(round_to_codes),              \
        .products_of_nodes = NAME(products_of_nodes),                                                                \
    }
