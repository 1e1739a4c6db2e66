// All kernels of networks, for the level of the including file; contracts in ../include/network_f32.h.
#include "vector.h"
#include "lanes.h"
#include "activation.h"
#include "blocks.h"
#include "product.h"
#include "rows.h"
#include "attention.h"
#include "winograd.h"
#include "winograd_filters.h"

static const rec_network_kernels NAME(network) = {
    .product = NAME(product),
    .winograd_input = NAME(winograd_input),
    .winograd_output = NAME(winograd_output),
    .winograd_filters = NAME(winograd_filters),
    .depthwise = NAME(depthwise),
    .maxpool = NAME(maxpool),
    .affine = NAME(affine),
    .mean = NAME(mean),
    .layer_normalization = NAME(layer_normalization),
    .softmax = NAME(softmax),
    .attention = NAME(attention),
};
