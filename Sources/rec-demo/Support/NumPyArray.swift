import RecCore
import RecFiles
import RecNetwork
package import RecONNX

/// An array in a file of NumPy: C order, little-endian; float32, float16, int64, int32 or bool.
///
/// The format is described in `numpy.lib.format`.
package enum NumPyArray {
    private static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8)
    private static let largestHeader = 1 << 16

    private static let types: [(code: String, name: String, type: ElementType)] = [
        ("<f4", "float32", .float32), ("<f2", "float16", .float16), ("<i8", "int64", .int64), ("<i4", "int32", .int32),
        ("|b1", "bool", .bool),
    ]

    /// Reads the array for an input of a network, in the type that the file of the network declares.
    ///
    /// A floating-point input takes float32 and float16, converted to its type as `astype` does; any other input takes
    /// its own type only.
    ///
    /// - Throws: As ``read(_:)``, and `RecError` with code `invalidSetting` for an array of a type that the input does
    ///   not take.
    package static func read(_ path: String, for input: ONNXValueInfo) throws -> Tensor {
        let tensor = try read(path)
        guard let type = input.elementType, type != tensor.elementType else { return tensor }
        if type.isFloatingPoint, tensor.elementType.isFloatingPoint {
            return Tensor(tensor.doubles, TensorType(type, tensor.shape))
        }
        let name = types.first { $0.type == tensor.elementType }?.name ?? "\(tensor.elementType)"
        let taken = types.filter { $0.type == type || $0.type.isFloatingPoint && type.isFloatingPoint }.map(\.name)
        throw RecError(
            .invalidSetting,
            path: path,
            "The array is \(name); the input '\(input.name)' is \(type) and takes "
                + (taken.isEmpty ? "none of the types that this command reads." : "\(taken.joined(separator: " or ")).")
        )
    }

    /// Reads an array.
    ///
    /// - Throws: `RecError` with code `unreadableFile` or the code of a file that cannot be opened.
    package static func read(_ path: String) throws -> Tensor {
        let file: MappedFile
        do {
            file = try MappedFile(path: path)
        } catch {
            throw RecError(error)
        }
        func invalid(_ reason: String) -> RecError {
            RecError(
                .unreadableFile,
                path: path,
                "\(reason) Save the array with numpy.save in C order, as float32, float16, int64, int32 or bool."
            )
        }
        guard let start = file.bytes(at: 0, count: min(12, file.count)), start.count == 12,
            Array(start[0..<6]) == signature
        else { throw invalid("It is not a NumPy file.") }
        let isShort = start[6] == 1
        let length = start[8..<(isShort ? 10 : 12)].reversed().reduce(0) { $0 << 8 | Int($1) }
        let first = isShort ? 10 : 12
        guard length <= largestHeader, let bytes = file.bytes(at: first, count: length) else {
            throw invalid("Its header is cut off.")
        }
        let header = String(decoding: bytes, as: UTF8.self)
        guard let type = types.first(where: { header.contains("'descr': '\($0.code)'") })?.type,
            header.contains("'fortran_order': False"), let shape = shape(header)
        else { throw invalid("Its header is \(header.shownOnOneLine).") }
        guard let tensor = Tensor(file, offset: first + length, type: TensorType(type, shape)) else {
            throw invalid("It is shorter than its header says.")
        }
        return tensor
    }

    private static func shape(_ header: String) -> [Int]? {
        guard let key = header.firstRange(of: "'shape': ("), let end = header[key.upperBound...].firstIndex(of: ")")
        else { return nil }
        var shape: [Int] = []
        for part in header[key.upperBound..<end].split(separator: ",") {
            guard let size = Int(part.filter { $0 != " " }), size >= 0 else { return nil }
            shape.append(size)
        }
        return shape
    }

    /// Writes an array: floats as float32, which holds each float16 exactly, integers as int64, truths as bool.
    ///
    /// - Throws: `RecError` when the file cannot be written.
    package static func write(_ tensor: Tensor, to path: String) throws {
        let isBool = tensor.elementType == .bool
        let name = tensor.elementType.isFloatingPoint ? "<f4" : isBool ? "|b1" : "<i8"
        let sizes = tensor.shape.map(String.init).joined(separator: ", ")
        let shape = tensor.shape.count == 1 ? "(\(sizes),)" : "(\(sizes))"
        var header = "{'descr': '\(name)', 'fortran_order': False, 'shape': \(shape), }"
        header += String(repeating: " ", count: 63 - (header.utf8.count + 10) % 64) + "\n"
        var writer = ByteWriter()
        writer.write(contentsOf: signature + [1, 0])
        writer.write(UInt16(header.utf8.count))
        writer.write(contentsOf: Array(header.utf8))
        if tensor.elementType.isFloatingPoint {
            writer.write(contentsOf: tensor.floats)
        } else if isBool {
            writer.write(contentsOf: tensor.integers.map { $0 == 0 ? 0 : 1 as UInt8 })
        } else {
            writer.write(contentsOf: tensor.integers)
        }
        let bytes = writer.bytes
        do throws(FileError) {
            try AtomicFile.write(to: path) { file throws(FileError) in try file.write(bytes) }
        } catch {
            throw RecError(error, writing: true)
        }
    }
}
