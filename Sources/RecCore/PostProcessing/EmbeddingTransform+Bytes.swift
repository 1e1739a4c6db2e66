internal import RecMath

extension EmbeddingTransform {
    /// The transform as bytes, for a file.
    ///
    /// All numbers are little-endian. The eight characters `RECTRF01`; the number of fields of the base recipe and of the
    /// steps, 32 bits each, and the fields, each a name and a value, both as the number of their UTF-8 bytes in 32 bits
    /// and the bytes; the number of components before, that of the mean (the same or 0) and the number of rows of the
    /// matrix (0 for none), 32 bits each; the power, 64-bit floating point; mean and matrix row by row, 32-bit floating
    /// point; and 64 bits of FNV-1a of everything before.
    package var bytes: [UInt8] {
        var writer = TransformWriter()
        writer.bytes += Self.magic
        writer.write(UInt32(base.fields.count))
        writer.write(UInt32(steps.count))
        for field in base.fields + steps {
            writer.write(field.name)
            writer.write(field.value)
        }
        let rows = rows ?? []
        writer.write(UInt32(inputDimension))
        writer.write(UInt32(mean?.count ?? 0))
        writer.write(UInt32(rows.count))
        writer.write(power.bitPattern)
        for number in mean ?? [] { writer.write(number.bitPattern) }
        for row in rows { for number in row { writer.write(number.bitPattern) } }
        var checksum = FNV1a()
        checksum.add(writer.bytes)
        writer.write(checksum.value)
        return writer.bytes
    }

    /// Reads a transform from its bytes.
    ///
    /// - Throws: ``RecError`` with code `invalidTransform` when the bytes are not those of a transform. Never allocates
    ///   more memory than the bytes hold.
    package init(bytes: [UInt8]) throws(RecError) {
        var reader = try TransformReader(bytes, magic: Self.magic)
        let baseCount = Int(try reader.number() as UInt32)
        let stepCount = Int(try reader.number() as UInt32)
        let base = try reader.fields(baseCount)
        let steps = try reader.fields(stepCount)
        let dimension = Int(try reader.number() as UInt32)
        let meanCount = Int(try reader.number() as UInt32)
        let rowCount = Int(try reader.number() as UInt32)
        let power = Double(bitPattern: try reader.number())
        guard dimension > 0, meanCount == 0 || meanCount == dimension, power > 0, power <= 1 else {
            throw TransformReader.damaged("its counts or its power are out of range")
        }
        let (matrixCount, matrixOverflows) = dimension.multipliedReportingOverflow(by: rowCount)
        let (count, overflows) = matrixCount.addingReportingOverflow(meanCount)
        guard !matrixOverflows, !overflows, count <= reader.left / 4, reader.left == 4 * count else {
            throw TransformReader.damaged("its length does not fit its counts")
        }
        let mean = try reader.floats(meanCount)
        var rows: [[Float]] = []
        for _ in 0..<rowCount { rows.append(try reader.floats(dimension)) }
        self.init(
            base: Recipe(fields: base),
            inputDimension: dimension,
            steps: steps,
            power: power,
            mean: mean.isEmpty ? nil : mean,
            matrix: rows.isEmpty ? nil : rows
        )
    }

    private static let magic = Array("RECTRF01".utf8)
}

/// Writes numbers and texts.
private struct TransformWriter {
    var bytes: [UInt8] = []

    mutating func write(_ number: some FixedWidthInteger & UnsignedInteger) {
        for shift in stride(from: 0, to: number.bitWidth, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    mutating func write(_ text: String) {
        write(UInt32(text.utf8.count))
        bytes += text.utf8
    }
}
