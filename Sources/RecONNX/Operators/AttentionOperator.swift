internal import Foundation
internal import RecNetwork

/// Attention with heads, masks and a cache of keys and values.
enum AttentionOperator {
    static let table: [OperatorEntry] = [
        OperatorEntry("Attention", [23, 24, 25]) { context in
            let attributes = try AttentionAttributes(context)
            let outputCount = max(1, context.node.outputCount)
            return TensorOperation(
                context: context,
                infer: { operands in
                    let sizes = try AttentionSizes(operands, attributes)
                    let query = try operands.type(0)
                    let element = query.elementType
                    let output =
                        query.rank == 3
                        ? [sizes.batch, sizes.length, sizes.heads * sizes.valueSize]
                        : [sizes.batch, sizes.heads, sizes.length, sizes.valueSize]
                    let types = [
                        TensorType(element, output),
                        TensorType(element, [sizes.batch, sizes.keyHeads, sizes.total, sizes.size]),
                        TensorType(element, [sizes.batch, sizes.keyHeads, sizes.total, sizes.valueSize]),
                        TensorType(element, [sizes.batch, sizes.heads, sizes.length, sizes.total]),
                    ]
                    return Array(types.prefix(outputCount))
                },
                compute: { values in
                    let sizes = try AttentionSizes(values.operands, attributes)
                    let results = try AttentionReference(sizes, attributes, values).run()
                    return zip(results, values.outputs).map { Tensor($0, $1) }
                },
                steps: { operands, _ in
                    let sizes = try AttentionSizes(operands, attributes)
                    return Double(sizes.batch * sizes.heads) * Double(sizes.length) * Double(sizes.total)
                        * Double(sizes.size + sizes.valueSize)
                }
            )
        }
    ]
}

/// The attributes of an `Attention` node.
struct AttentionAttributes: Sendable {
    let isCausal: Bool
    let heads: Int?
    let keyHeads: Int?
    /// The factor of the products; `nil` for one by the root of the size of a head.
    let scale: Double?
    let softcap: Double
    let outputMode: Int
    /// How far a query sees before and behind itself; -1 for all.
    let windowBefore: Int
    let windowBehind: Int
    /// Whether a query without a key that it may see answers with zeros.
    let zeroesMaskedRows: Bool

    init(_ context: OperatorContext) throws {
        isCausal = try context.flag("is_causal")
        heads = try context.integer("q_num_heads")
        keyHeads = try context.integer("kv_num_heads")
        scale = try context.number("scale")
        softcap = try context.number("softcap", 0)
        outputMode = try context.integer("qk_matmul_output_mode", 0)
        windowBefore = try context.integer("left_window_size", -1)
        windowBehind = try context.integer("right_window_size", -1)
        zeroesMaskedRows = context.version >= 25
    }
}

/// The sizes of an attention.
struct AttentionSizes {
    var batch = 0
    var heads = 0
    var keyHeads = 0
    /// The queries.
    var length = 0
    /// The keys, those of the cache included.
    var total = 0
    /// The keys of the cache.
    var past = 0
    /// The size of a head of queries and keys, and that of values.
    var size = 0
    var valueSize = 0

    init(_ operands: Operands, _ attributes: AttentionAttributes) throws {
        let context = operands.context
        let (query, key, value) = (try operands.shape(0), try operands.shape(1), try operands.shape(2))
        guard query.count == key.count, key.count == value.count, query.count == 3 || query.count == 4 else {
            throw context.invalid("queries, keys and values differ in rank")
        }
        batch = query[0]
        if query.count == 4 {
            (heads, keyHeads, length, size, valueSize) = (query[1], key[1], query[2], query[3], value[3])
        } else {
            guard let count = attributes.heads, let keyCount = attributes.keyHeads, count > 0, keyCount > 0,
                query[2].isMultiple(of: count), key[2].isMultiple(of: keyCount), value[2].isMultiple(of: keyCount)
            else { throw context.invalid("the heads do not fit \(query), \(key) and \(value)") }
            (heads, keyHeads, length) = (count, keyCount, query[1])
            (size, valueSize) = (query[2] / count, value[2] / keyCount)
        }
        let keys = key.count == 4 ? key[2] : key[1]
        let values = value.count == 4 ? value[2] : value[1]
        if operands.has(4), operands.has(5) {
            let (pastKey, pastValue) = (try operands.shape(4), try operands.shape(5))
            guard pastKey.count == 4, pastValue.count == 4, pastKey[2] == pastValue[2], pastKey[0] == batch,
                pastValue[0] == batch, pastKey[1] == keyHeads, pastValue[1] == keyHeads, pastKey[3] == size,
                pastValue[3] == valueSize
            else { throw context.invalid("the cache does not fit keys and values") }
            past = pastKey[2]
        }
        total = past + keys
        let keySize = key.count == 4 ? key[3] : key[2] / max(1, keyHeads)
        guard key[0] == batch, value[0] == batch, keys == values, keyHeads > 0, heads.isMultiple(of: keyHeads),
            keySize == size, value.count == 3 || value[1] == keyHeads
        else { throw context.invalid("the shapes \(query), \(key) and \(value) do not fit each other") }
        if operands.has(3) {
            var mask = try operands.shape(3)
            guard let last = mask.last, last <= total, mask.count <= 4 else {
                throw context.invalid("the mask does not fit")
            }
            mask[mask.count - 1] = total
            let full = [batch, heads, length, total]
            guard Indices.broadcast([mask, full]) == full else {
                throw context.invalid("the mask of shape \(mask) does not fit \(full)")
            }
        }
        guard TensorType(.float32, [batch, heads, length, total]).isBounded() else {
            throw context.unsupported("its products are too large")
        }
        if operands.has(6), try operands.shape(6) != [batch] {
            throw context.invalid("there is not one length per picture")
        }
    }
}
