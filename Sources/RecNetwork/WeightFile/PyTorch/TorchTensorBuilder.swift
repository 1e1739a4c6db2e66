internal import RecCore

/// Makes tensors of storages, offsets, sizes and strides, and checks them.
struct TorchTensorBuilder {
    private static let rankLimit = 16

    /// The file, for positions and errors.
    let file: ByteRegion

    /// The tensor `name` as its view describes it.
    ///
    /// Throws as the other function.
    func tensor(
        _ view: TorchView,
        in storage: ByteRegion,
        type: TorchStorageType,
        name: String
    ) throws(RecError) -> StoredTensor {
        try tensor(
            in: storage,
            type: view.elementType ?? type,
            offset: view.offset,
            shape: view.shape,
            strides: view.strides,
            isNegated: view.isNegated,
            name: name
        )
    }

    /// The tensor `name`, a view of the elements of a storage: offset, sizes and strides count elements.
    ///
    /// Throws `corruptWeights` when an element lies outside the storage, `unsupportedWeights` when the elements are far
    /// more than the file has.
    func tensor(
        in storage: ByteRegion,
        type: TorchStorageType,
        offset: Int,
        shape: [Int],
        strides: [Int],
        isNegated: Bool = false,
        name: String
    ) throws(RecError) -> StoredTensor {
        guard let elementType = type.elementType else {
            throw file.unsupported(
                "The tensor '\(name)' has elements of type \(type.name); save it as float32, float16 or bfloat16."
            )
        }
        let capacity = storage.count / elementType.byteCount
        guard shape.count == strides.count, shape.count <= Self.rankLimit, strides.allSatisfy({ $0 >= 0 }),
            offset >= 0, offset <= capacity, let count = shape.checkedProduct
        else { throw file.corrupt("The tensor '\(name)' has an impossible shape or stride") }
        if count > 0 {
            var last = offset
            for (size, stride) in zip(shape, strides) {
                let (reach, overflow) = (size - 1).multipliedReportingOverflow(by: stride)
                guard !overflow, reach < capacity - last else {
                    throw file.corrupt("The tensor '\(name)' of shape \(shape) reaches beyond its storage")
                }
                last += reach
            }
            guard last < capacity else {
                throw file.corrupt("The tensor '\(name)' of shape \(shape) reaches beyond its storage")
            }
        }
        // Strides of 0 repeat elements: allowed as long as the result is no larger than a file of this size can hold.
        guard count <= max(file.count, 1) / elementType.byteCount else {
            throw file.unsupported(
                "The tensor '\(name)' repeats its elements to the shape \(shape); save a copy of it."
            )
        }
        let start = storage.start + offset * elementType.byteCount
        let layout: StoredTensor.Layout =
            StoredTensor.isContiguous(shape: shape, strides: strides)
            ? .contiguous(offset: start) : .strided(offset: start, strides: strides)
        return StoredTensor(
            shape: shape,
            elementType: elementType,
            layout: count == 0 ? .zeros : layout,
            isNegated: isNegated
        )
    }
}
