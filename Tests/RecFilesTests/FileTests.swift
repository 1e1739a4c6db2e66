import Foundation
import RecFiles
import Testing

@Suite struct `Files` {
    @Suite struct `written whole or not at all` {
        @Test func `a path with a NUL byte is not cut there`() throws {
            try withTemporaryFolder { folder in
                try AtomicFile.write(to: folder + "/a") { file throws(FileError) in try file.write([1]) }
                let path = folder + "/a\0.jpg"
                #expect(throws: FileError.self) { try FileSystem.contents(ofFile: path, limit: 10) }
                #expect(throws: FileError.self) { _ = try MappedFile(path: path) }
                #expect(throws: FileError.self) {
                    try AtomicFile.write(to: path) { file throws(FileError) in try file.write([2]) }
                }
                #expect(try FileSystem.contents(ofFile: folder + "/a", limit: 10) == [1])
            }
        }

        @Test func `a file holds all bytes and nothing else is left in the folder`() throws {
            try withTemporaryFolder { folder in
                try AtomicFile.write(to: folder + "/file") { file throws(FileError) in
                    try file.write([1, 2])
                    try file.write([])
                    try file.write([UInt8](repeating: 3, count: 200_000))
                }
                #expect(try bytes(of: folder + "/file") == [1, 2] + [UInt8](repeating: 3, count: 200_000))
                #expect(names(in: folder) == ["file"])
            }
        }

        @Test func `pieces of any length come in their order`() throws {
            try withTemporaryFolder { folder in
                let lengths = [1, 3 << 20, 0, 9 << 20, 4 << 20, 77, (4 << 20) - 1, 12]
                let all = (0..<lengths.reduce(0, +)).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
                try AtomicFile.write(to: folder + "/file") { file throws(FileError) in
                    var start = 0
                    for length in lengths {
                        try file.write(Array(all[start..<start + length]))
                        start += length
                    }
                }
                #expect(try bytes(of: folder + "/file") == all)
            }
        }

        @Test func `a failure half way leaves the old file and no other`() throws {
            try withTemporaryFolder { folder in
                let path = folder + "/file"
                try Data([7]).write(to: URL(fileURLWithPath: path))
                let error = #expect(throws: FileError.self) {
                    try AtomicFile.write(to: path) { file throws(FileError) in
                        try file.write([1, 2, 3])
                        throw FileError(path: path, operation: "write", errorNumber: 28)
                    }
                }
                #expect(error?.errorNumber == 28)
                #expect(try bytes(of: path) == [7])
                #expect(names(in: folder) == ["file"])
            }
        }

        @Test func `a file keeps its permissions, and a link keeps leading to it`() throws {
            try withTemporaryFolder { folder in
                try Data([7]).write(to: URL(fileURLWithPath: folder + "/file"))
                #expect(unsafe chmod(folder + "/file", 0o600) == 0)
                #expect(unsafe symlink("file", folder + "/link") == 0)
                try AtomicFile.write(to: folder + "/link") { file throws(FileError) in try file.write([8]) }
                #expect(try bytes(of: folder + "/file") == [8])
                #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "file")
                let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/file")
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
        }

        @Test func `pipes, and links that lead nowhere or in a circle, are refused and stay`() throws {
            try withTemporaryFolder { folder in
                #expect(unsafe mkfifo(folder + "/pipe", 0o600) == 0)
                #expect(unsafe symlink("circle", folder + "/circle") == 0)
                #expect(unsafe symlink("nothing", folder + "/dangling") == 0)
                for name in ["pipe", "circle", "dangling"] {
                    #expect(throws: FileError.self) {
                        try AtomicFile.write(to: "\(folder)/\(name)") { file throws(FileError) in
                            try file.write([1])
                        }
                    }
                }
                #expect(Set(names(in: folder)) == ["pipe", "circle", "dangling"])
            }
        }

        @Test(arguments: [("pipe", "a named pipe"), ("folder", "a folder"), ("device", "a device")])
        func `what is no file is named when it is opened`(name: String, words: String) throws {
            try withTemporaryFolder { folder in
                #expect(unsafe mkfifo(folder + "/pipe", 0o600) == 0)
                #expect(unsafe mkdir(folder + "/folder", 0o700) == 0)
                let path = words == "a device" ? "/dev/null" : "\(folder)/\(name)"
                for open in [
                    { _ = try FileContents(ofFile: path, limit: 10) }, { _ = try FileStream(path: path) },
                ] as [() throws -> Void] {
                    let error = #expect(throws: FileError.self) { try open() }
                    #expect(error?.reason == "it is \(words), and a file is needed")
                }
            }
        }

        @Test func `a failure where no file was leaves no file`() throws {
            try withTemporaryFolder { folder in
                #expect(throws: FileError.self) {
                    try AtomicFile.write(to: folder + "/file") { _ throws(FileError) in
                        throw FileError(path: "file", operation: "write", errorNumber: 28)
                    }
                }
                #expect(names(in: folder).isEmpty)
            }
        }

        @Test func `folders, devices and folders that are not there are refused`() throws {
            try withTemporaryFolder { folder in
                for path in [folder, "/dev/null", folder + "/none/file"] {
                    let error = #expect(throws: FileError.self) { try AtomicFile.write(to: path) { _ in } }
                    #expect(error?.path == path)
                }
                #expect(names(in: folder).isEmpty)
            }
        }

        @Test(.enabled(if: geteuid() != 0, "permissions do not bind the superuser"))
        func `a folder without permission is refused`() throws {
            try withTemporaryFolder { folder in
                try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder)
                #expect(throws: FileError.self) { try AtomicFile.write(to: folder + "/file") { _ in } }
                try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
                #expect(names(in: folder).isEmpty)
            }
        }

        @Test func `a bare file name goes to the current folder`() throws {
            let name = "rec-\(UUID().uuidString)"
            defer { try? FileManager.default.removeItem(atPath: name) }
            try AtomicFile.write(to: name) { file throws(FileError) in try file.write([5]) }
            #expect(try bytes(of: name) == [5])
        }
    }

    @Test func `a folder whose names cannot reach the disk is an error`() throws {
        try withTemporaryFolder { folder in
            try AtomicFile.synchronize(folder: folder)
            let error = #expect(throws: FileError.self) { try AtomicFile.synchronize(folder: folder + "/none") }
            #expect(error?.path == folder + "/none")
            try Data().write(to: URL(fileURLWithPath: folder + "/file"))
            #expect(throws: FileError.self) { try AtomicFile.synchronize(folder: folder + "/file") }
        }
    }

    @Suite struct `mapped` {
        @Test func `a mapped file lends its bytes, also when it is empty`() throws {
            try withTemporaryFolder { folder in
                let path = folder + "/file"
                try Data("123456789".utf8).write(to: URL(fileURLWithPath: path))
                let file = try MappedFile(path: path)
                #expect(file.count == 9)
                #expect(file.withBytes { CRC32C.of($0) } == 0xE306_9283)
                try Data().write(to: URL(fileURLWithPath: path))
                #expect(try MappedFile(path: path).count == 0)
            }
        }

        @Test func `what is not a regular file is refused`() throws {
            #expect(throws: FileError.self) { try MappedFile(path: "/dev/null") }
            #expect(throws: FileError.self) { try MappedFile(path: "/") }
            let missing = #expect(throws: FileError.self) { try MappedFile(path: "/nowhere/at/all") }
            #expect(missing?.isNotFound == true)
        }
    }

    @Suite struct `read number by number` {
        @Test func `what was written comes back`() throws {
            var writer = ByteWriter()
            writer.write(0xAB as UInt8)
            writer.write(0x0123_4567_89AB_CDEF as UInt64)
            writer.write(contentsOf: [1.5, -2] as [Float])
            writer.pad(to: 16)
            #expect(writer.bytes.count == 32)
            #expect(Array(writer.bytes[1..<9]) == [0xEF, 0xCD, 0xAB, 0x89, 0x67, 0x45, 0x23, 0x01])
            var reader = ByteReader(writer.bytes)
            #expect(try reader.read(UInt8.self) == 0xAB)
            #expect(try reader.read(UInt64.self) == 0x0123_4567_89AB_CDEF)
            #expect(try reader.readArray(of: Float.self, count: 2) == [1.5, -2])
            #expect(reader.remaining == 15)
        }

        @Test func `the most significant byte of a number comes first where that is wanted`() {
            var writer = ByteWriter()
            writer.write(7 as UInt8)
            // The first three have these bits by IEEE 754.
            writer.write(bigEndian: [1, -2.5, 0x1p-149, .nan])
            #expect(writer.bytes[0..<13] == [7, 0x3F, 0x80, 0, 0, 0xC0, 0x20, 0, 0, 0, 0, 0, 1])
            #expect(writer.bytes.count == 17)
            #expect(writer.bytes[13] & 0x7F == 0x7F)
        }

        @Test(arguments: [5, .max, -1, Int.max / 4 + 1])
        func `more than is left is refused and nothing is allocated for it`(count: Int) {
            var reader = ByteReader([1, 2, 3, 4, 5, 6, 7, 8])
            #expect(throws: ByteReader.EndOfData.self) { try reader.readArray(of: UInt32.self, count: count) }
            #expect(reader.remaining == 8)
        }

        @Test func `a count that the rest cannot hold is refused`() throws {
            var writer = ByteWriter()
            writer.write(3 as UInt64)
            writer.write(contentsOf: [1, 2] as [UInt32])
            var reader = ByteReader(writer.bytes)
            #expect(throws: ByteReader.EndOfData.self) { try reader.readCount(ofSize: 4) }
        }
    }

    @Suite struct `appended to` {
        @Test func `bytes are appended after a cut and can be read back`() throws {
            try withTemporaryFolder { folder in
                let file = try AppendFile(path: folder + "/file")
                try file.truncate(to: 0)
                try file.append([1, 2, 3, 4])
                try file.truncate(to: 2)
                try file.append([9])
                #expect(try bytes(of: folder + "/file") == [1, 2, 9])
                #expect(try file.read(at: 1, count: 2) == [2, 9])
                #expect(try file.read(at: 1, count: 3) == nil)
            }
        }

        @Test func `the lock ends with the value`() throws {
            try withTemporaryFolder { folder in
                do {
                    let first = try AppendFile(path: folder + "/file")
                    let error = #expect(throws: FileError.self) { try AppendFile(path: first.path) }
                    #expect(error?.isInUse == true)
                }
                _ = try AppendFile(path: folder + "/file")
            }
        }
    }

    @Test func `the identity of a file changes with its content`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/file"
            try Data([1]).write(to: URL(fileURLWithPath: path))
            let before = try FileIdentity(path: path)
            #expect(before.size == 1)
            #expect(before == (try FileIdentity(path: path)))
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_000)],
                ofItemAtPath: path
            )
            #expect(try FileIdentity(path: path).modified == 1_000_000_000_000)
            #expect(throws: FileError.self) { try FileIdentity(path: folder + "/none") }
        }
    }
}

private func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rec-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
}

private func names(in folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
}

private func bytes(of path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
}
