internal import Dispatch
internal import RecCompute
internal import RecCore
package import RecFiles

/// The paths of pictures, in batches: those of the command line, or those that standard input delivers.
package final class PathBatches: Sendable {
    private enum Source {
        case given(ArraySlice<String>)
        case stream(ByteStream, PathSplitter)
        case ended((any Error)?)
    }

    private let size: Int
    private let source: LockedValue<Source>
    /// Its thread waits for a stream, so that no thread of tasks does.
    private let queue = DispatchQueue(label: "rec-demo.paths")

    /// Creates batches of given paths.
    ///
    /// - Parameters:
    ///   - paths: The paths.
    ///   - size: The number of paths in a batch.
    package init(_ paths: [String], size: Int) {
        self.size = size
        source = LockedValue(.given(paths[...]))
    }

    /// Creates batches of the paths that a stream delivers.
    ///
    /// - Parameters:
    ///   - stream: The stream.
    ///   - usesNUL: Whether a zero byte ends a path, instead of a line feed.
    ///   - size: The number of paths in a batch at most; a batch is smaller when the stream has no more for now.
    package init(_ stream: ByteStream, usesNUL: Bool, size: Int) {
        self.size = size
        source = LockedValue(.stream(stream, PathSplitter(usesNUL: usesNUL)))
    }

    /// Waits for the next batch.
    ///
    /// - Returns: At least one path; `nil` at the end.
    /// - Throws: `RecError` when the stream fails or a path is too long, after what came before.
    package func next() async throws -> [String]? {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result { try self.source.withLock { try Self.next(of: &$0, size: self.size) } }
                )
            }
        }
    }

    private static func next(of source: inout Source, size: Int) throws -> [String]? {
        switch source {
        case .given(let paths):
            source = .given(paths.dropFirst(size))
            return paths.isEmpty ? nil : Array(paths.prefix(size))
        case .ended(let error):
            source = .ended(nil)
            if let error { throw error }
            return nil
        case .stream(let stream, var splitter):
            // The source must not hold a second copy of the bytes meanwhile.
            source = .ended(nil)
            var batch: [String] = []
            do {
                while batch.count < size {
                    if let path = try splitter.next() {
                        batch.append(path)
                        continue
                    }
                    guard batch.isEmpty || stream.isReady else { break }
                    let bytes = try stream.bytes(atMost: 1 << 16)
                    guard !bytes.isEmpty else {
                        if let path = splitter.rest() { batch.append(path) }
                        return batch.isEmpty ? nil : batch
                    }
                    splitter.add(bytes)
                }
                source = .stream(stream, splitter)
            } catch {
                let error = (error as? FileError).map { RecError($0) } ?? error
                guard !batch.isEmpty else { throw error }
                source = .ended(error)
            }
            return batch
        }
    }
}
