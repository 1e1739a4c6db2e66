import Foundation
import RecFiles
import Testing

@Suite struct `File contents` {
    @Test func `a buffer that is used again shows nothing of the file before`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rec-\(UInt64.random(in: .min ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (index, count) in [5000, 100, 0, 7000, 1].enumerated() {
            let path = folder.appending(path: "file").path(percentEncoded: false)
            let written = [UInt8](repeating: UInt8(index + 1), count: count)
            try Data(written).write(to: URL(filePath: path))

            let contents = try FileContents(ofFile: path, limit: 7000)

            #expect(contents.count == count)
            let isEqual = contents.withBytes { bytes in
                bytes.count == count && bytes.indices.allSatisfy { bytes[$0] == written[$0] }
            }
            #expect(isEqual)
        }
    }

    @Test func `a file over the limit is refused before it is read`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "rec-\(UInt64.random(in: .min ... .max))")
        try Data([1, 2, 3]).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }

        let error = #expect(throws: FileError.self) {
            _ = try FileContents(ofFile: path.path(percentEncoded: false), limit: 2)
        }

        #expect(error?.isTooLarge == true)
    }
}
