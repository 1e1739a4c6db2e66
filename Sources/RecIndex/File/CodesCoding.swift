internal import RecCore
internal import RecFiles

extension IndexFileReader {
    /// The codes of a dense block, or `nil` when the file has none.
    func readCodes(_ number: Int, _ dense: DenseBlock) throws -> ProductCodes? {
        guard has(.codeDirections, number) else { return nil }
        let dimension = dense.rows.dimension
        let isPresent = dense.isPresent
        let bad = FileDamage.corrupt("the codes of block \(number) are not consistent")
        let space = try parse(.codeDirections, number) { reader in
            let headChunks = Int(try reader.read(UInt32.self))
            let chunks = Int(try reader.read(UInt32.self))
            let headNorm = Float(bitPattern: try reader.read(UInt32.self))
            guard headChunks > 0, headChunks <= chunks, chunks <= FileFormat.mostChunks else { throw bad }
            return (
                headChunks: headChunks, chunks: chunks, headNorm: headNorm,
                mean: try reader.readNumbers(of: Float.self, count: dimension),
                directions: try reader.readNumbers(of: Float.self, count: chunks * ProductCodes.chunk * dimension),
                steps: try reader.readNumbers(of: Float.self, count: chunks),
                errors: try reader.readNumbers(of: Float.self, count: chunks)
            )
        }
        let headCount = space.headChunks * ProductCodes.chunk
        let lists = try parse(.codeLists, number) { reader in
            let count = Int(try reader.read(UInt32.self))
            func floats(_ size: Int) throws -> NumberArray<Float> {
                let (size, overflow) = count.multipliedReportingOverflow(by: size)
                guard !overflow else { throw bad }
                return try reader.readNumbers(of: Float.self, count: size)
            }
            return (
                starts: try reader.readNumbers(of: UInt32.self, count: count + 1), centers: try floats(headCount),
                radii: try floats(1), greatestOffsets: try floats(1), meanOffsets: try floats(1),
                greatestTails: try floats(1)
            )
        }
        let blocks = Int(lists.starts[lists.starts.count - 1])
        let slots = blocks * ProductCodes.lanes
        let slot = try parse(.codeSlots, number) { reader in
            (
                offsets: try reader.readNumbers(of: Float.self, count: slots),
                tails: try reader.readNumbers(of: Float.self, count: slots),
                rows: try reader.readNumbers(of: UInt32.self, count: slots),
                used: try reader.readNumbers(of: UInt16.self, count: blocks)
            )
        }
        let middle = slots * (space.chunks - space.headChunks)
        let checksums = try parse(.middleChecksums, number) { try $0.readNumbers(of: UInt32.self, count: slots) }
        let codes = ProductCodes(
            dimension: dimension,
            headChunks: space.headChunks,
            chunks: space.chunks,
            mean: space.mean,
            directions: space.directions,
            steps: space.steps,
            errors: space.errors,
            headNorm: space.headNorm,
            starts: lists.starts,
            centers: lists.centers,
            radii: lists.radii,
            greatestOffsets: lists.greatestOffsets,
            meanOffsets: lists.meanOffsets,
            greatestTails: lists.greatestTails,
            head: try parse(.headCodes, number) { try $0.readNumbers(of: Int8.self, count: slots * headCount) },
            offsets: slot.offsets,
            tails: slot.tails,
            rows: slot.rows,
            used: slot.used,
            middle: try readUnchecked(.middleCodes, number, like: .middleChecksums, count: middle * ProductCodes.chunk),
            middleTails: try readUnchecked(.middleTails, number, like: .middleChecksums, count: middle),
            checks: FirstUseChecks(path: path, checksums: checksums)
        )
        guard codes.isConsistent(isPresent: isPresent) else { throw bad }
        if !checksLater { try codes.check(0..<slots) }
        return codes
    }
}

extension IndexFileWriter {
    /// Adds the codes of a dense block.
    mutating func add(_ codes: ProductCodes, _ number: Int) {
        add(.codeDirections, number) {
            $0.write(UInt32(codes.headChunks))
            $0.write(UInt32(codes.chunks))
            $0.write(codes.headNorm.bitPattern)
            $0.write(codes.mean)
            $0.write(codes.directions)
            $0.write(codes.steps)
            $0.write(codes.errors)
        }
        add(.codeLists, number) {
            $0.write(UInt32(codes.lists))
            $0.write(codes.starts)
            $0.write(codes.centers)
            $0.write(codes.radii)
            $0.write(codes.greatestOffsets)
            $0.write(codes.meanOffsets)
            $0.write(codes.greatestTails)
        }
        add(.codeSlots, number) {
            $0.write(codes.offsets)
            $0.write(codes.tails)
            $0.write(codes.rows)
            $0.write(codes.used)
        }
        let checksums = (0..<codes.slots).map { codes.middleChecksum(of: $0) }
        let checksum = add(.middleChecksums, number) { $0.write(contentsOf: checksums) }
        add(.headCodes, number, codes.head)
        add(.middleCodes, number, codes.middle, checksum: checksum)
        add(.middleTails, number, codes.middleTails, checksum: checksum)
    }
}

extension ProductCodes {
    /// Whether lists and slots fit together, so that nothing outside them is ever looked at, and every row that has the
    /// block is in one slot.
    fileprivate func isConsistent(isPresent: NumberArray<UInt8>) -> Bool {
        starts.withSpan { starts in
            var last: UInt32 = 0
            for list in starts.indices {
                guard starts[list] >= last else { return false }
                last = starts[list]
            }
            return starts[0] == 0
        }
            && rows.withSpan { rows in
                used.withSpan { used in
                    var isMissing = isPresent.array(0..<isPresent.count)
                    for slot in rows.indices {
                        let isUsed = used[slot / Self.lanes] >> UInt16(slot % Self.lanes) & 1 == 1
                        guard isUsed else {
                            if rows[slot] == Self.noRow { continue }
                            return false
                        }
                        guard rows[slot] < isMissing.count, isMissing[Int(rows[slot])] == 1 else { return false }
                        isMissing[Int(rows[slot])] = 0
                    }
                    return !isMissing.contains(1)
                }
            }
    }
}
