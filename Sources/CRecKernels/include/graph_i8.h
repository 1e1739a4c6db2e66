#pragma once
#include <stddef.h>
#include <stdint.h>

/// Bytes at the end of a node's record that hold its numbers: the offset, a float, and its tail and its factor,
/// unsigned 16-bit integers in units of 2^-15 and 2^-18.
enum { REC_NODE_NUMBERS = 8 };

/// What stands for no node among neighbours.
#define REC_NO_NODE UINT32_MAX

/// The most neighbours of a node.
enum { REC_MOST_NEIGHBOURS = 64 };

/// Groups of entries that a search looks into: those with the nearest centres.
enum { REC_PROBES = 8 };

/// A graph of vectors in 4-bit codes; `ProductGraph` in RecIndex says what the numbers mean.
typedef struct {
    /// [node][record_size]: codes, then the numbers; a multiple of 64 bytes.
    ///
    /// Two codes a byte: the first 64 of each 128 are in the low 4 bits of 64 bytes, the others in their high 4 bits. A
    /// code h stands for 2 h - 15, an odd number from -15 to 15.
    const uint8_t *records;
    size_t record_size;
    /// [node][degree]: the nodes that it leads to, REC_MOST_NEIGHBOURS at most, then REC_NO_NODE.
    const uint32_t *neighbours;
    size_t degree;
    /// The records of the nodes that searches may start from, group after group, and these nodes, each once.
    const uint8_t *entries;
    const uint32_t *entry_nodes;
    /// The records of the groups' centres, one after another, and [group_count + 1]: where the entries of each start.
    const uint8_t *centres;
    const uint32_t *group_starts;
    size_t group_count;
} rec_graph;

/// A query against a graph.
///
/// The cosine of a node is estimated as scale * its factor * <codes, codes> + offset + tail * its tail + base. Its
/// score is slope * cosine + constant, with the two numbers of its pattern, or the cosine where there are no patterns. A
/// score that is no number counts as minus infinity.
typedef struct {
    /// [2 * record_size]: codes from -127 to 127, two for each byte of a record; zeros where it has no codes.
    const int8_t *codes;
    float scale, tail, base;
    /// The number of each node's pattern, and [pattern][slope, constant]; NULL for none.
    const uint32_t *pattern_of_node;
    const float *patterns;
    /// A bit for each node that may be in the answer, 64 a number; NULL for all.
    const uint64_t *allowed;
} rec_node_query;

/// Room for a search.
typedef struct {
    /// Scores and nodes, `width` + 1 of each, and the same for those that are allowed, `wanted` + 1 of each.
    float *scores, *found_scores;
    uint32_t *nodes, *found_nodes;
    /// [2^seen_bits]: the node that was met last for each hash, of 8 to 31 bits.
    uint32_t *seen;
    unsigned seen_bits;
} rec_graph_room;

typedef struct {
    float score;
    uint32_t node;
} rec_node;

/// Every level gives the same bits: sums of codes are exact integers, and scores are made of them in one order.
typedef struct {
    /// Walks from the best entries of the groups with the nearest centres to the nodes that score best, always on from
    /// the best that has not been left yet, until the best `width` have been. Equal scores keep the order in which they
    /// were met.
    ///
    /// Puts the best nodes into `found_scores` and `found_nodes`, best first: `wanted` of those that are allowed, of
    /// all that were met. Where all are allowed, `wanted` is at most `width`. Returns how many there are; `met` is the
    /// number of records that were compared, those of centres and entries among them, and some nodes more than once.
    size_t (*search)(const rec_graph *graph, const rec_node_query *query, size_t width, size_t wanted,
                     rec_graph_room *room, size_t *met);

    /// Finds the nodes `first` ..< `end` with a score above `least`. Returns how many there are.
    size_t (*scan)(const rec_graph *graph, const rec_node_query *query, size_t first, size_t end, float least,
                   rec_node *found);

    /// Inner products of a vector of 2 * `length` codes from -127 to 127 with `count` others of 4-bit codes, which lie
    /// one after another; `length` is a multiple of 64 bytes.
    void (*products)(const int8_t *vector, const uint8_t *others, size_t length, size_t count, int32_t *products);

    /// Takes one vector off another.
    void (*subtract)(const float *vector, const float *other, size_t count, float *difference);

    /// The greatest magnitude of some numbers; those that are none do not count.
    float (*greatest)(const float *numbers, size_t count);

    /// Rounds numbers times `by` to codes from -127 to 127, halves to even; one that is no number becomes -127.
    void (*round)(const float *numbers, size_t count, float by, int8_t *codes);

    /// Inner products of codes, as a query has them, with those of nodes.
    void (*products_of_nodes)(const rec_graph *graph, const int8_t *codes, const uint32_t *nodes, size_t count,
                              int32_t *products);
} rec_graph_kernels;
