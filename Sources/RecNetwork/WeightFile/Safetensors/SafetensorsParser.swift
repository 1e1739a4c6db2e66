internal import RecCore

/// Reads safetensors: the length of a JSON header (64 bits), the header, then the elements of all tensors.
///
/// Source: the format's README and the checks of its Rust reference reader: the header has at most 100 MB, tensors fill
/// the rest of the file without a gap or an overlap, no name occurs twice.
struct SafetensorsParser {
    private static let headerLimit = 100_000_000

    /// Whether a file starts like safetensors.
    static func recognizes(_ file: ByteRegion) -> Bool {
        var reader = file.reader()
        guard let length = try? reader.integer(UInt64.self), (2...UInt64(headerLimit)).contains(length) else {
            return false
        }
        return file.matches("{", at: 8)
    }

    /// Reads the table of tensors.
    static func parse(_ file: ByteRegion) throws(RecError) -> WeightContents {
        var reader = file.reader()
        let length = try reader.unsigned(byteCount: 8)
        guard length <= headerLimit else { throw file.corrupt("Its header of \(length) bytes is beyond 100 MB") }
        let header: StrictJSON
        do {
            header = try StrictJSONParser.parse(try reader.bytes(length))
        } catch let error as StrictJSONParser.Failure {
            throw file.corrupt("Its header is damaged at byte \(8 + error.position): \(error.reason)")
        } catch let error as RecError {
            throw error
        } catch {
            throw file.corrupt("Its header is damaged")
        }
        guard let members = header.members else { throw file.corrupt("Its header is not a JSON object") }
        let data = try reader.region(reader.remaining, "The data")
        var contents = WeightContents()
        var ranges: [Range<Int>] = []
        for (name, value) in members {
            guard name.utf8.count <= WeightContents.maximumNameLength else {
                throw file.corrupt("The name of a tensor has \(name.utf8.count) bytes")
            }
            if name == "__metadata__" {
                contents.metadata = try metadata(value, in: file)
                continue
            }
            let (tensor, range) = try tensor(name, value, in: data)
            ranges.append(range)
            switch tensor {
            case .success(let tensor):
                guard contents.add(name, tensor) else { throw file.corrupt("The tensor '\(name)' occurs twice") }
            case .failure(let reason): contents.addUnreadable(name, reason)
            }
        }
        try checkCover(ranges, of: data)
        return contents
    }

    private static func metadata(
        _ value: StrictJSON,
        in file: ByteRegion
    ) throws(RecError) -> [String: String] {
        guard let members = value.members else { throw file.corrupt("Its __metadata__ is not an object") }
        var result: [String: String] = [:]
        for (key, value) in members {
            guard let text = value.string else { throw file.corrupt("Its __metadata__ '\(key)' is not text") }
            result[key] = text
        }
        return result
    }

    private static func tensor(
        _ name: String,
        _ value: StrictJSON,
        in data: ByteRegion
    ) throws(RecError) -> (Result<StoredTensor, RecError>, Range<Int>) {
        var fields: [String: StrictJSON] = [:]
        for (key, value) in value.members ?? [] { fields[key] = value }
        guard fields.count == 3, let typeName = fields["dtype"]?.string, let shape = fields["shape"]?.integers,
            let offsets = fields["data_offsets"]?.integers, offsets.count == 2
        else { throw data.corrupt("The tensor '\(name)' lacks its dtype, shape or data_offsets") }
        guard offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= data.count else {
            throw data.corrupt("The tensor '\(name)' lies outside of the file, which may be cut off")
        }
        guard let elementType = ElementType.all.first(where: { $0.description == typeName }) else {
            let reason = data.unsupported(
                "The tensor '\(name)' has elements of type '\(typeName.prefix(40))'; save the weights as F32, F16 or BF16."
            )
            return (.failure(reason), offsets[0]..<offsets[1])
        }
        guard (shape + [elementType.byteCount]).checkedProduct == offsets[1] - offsets[0] else {
            throw data.corrupt("The tensor '\(name)' of shape \(shape) does not have \(offsets[1] - offsets[0]) bytes")
        }
        let tensor = StoredTensor(
            shape: shape,
            elementType: elementType,
            layout: .contiguous(offset: data.start + offsets[0])
        )
        return (.success(tensor), offsets[0]..<offsets[1])
    }

    private static func checkCover(_ ranges: [Range<Int>], of data: ByteRegion) throws(RecError) {
        var end = 0
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            guard range.lowerBound == end else { throw data.corrupt("Its tensors overlap or leave a gap") }
            end = range.upperBound
        }
        guard end == data.count else { throw data.corrupt("Its tensors do not fill the file") }
    }
}
