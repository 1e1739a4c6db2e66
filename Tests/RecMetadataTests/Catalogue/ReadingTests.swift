import RecCore
import RecMetadata
import RecTesting
import Testing

@Suite struct `Reading a catalogue` {
    private static let table = "id,colour\n" + (0..<5000).map { "\($0),Blue\n" }.joined()

    /// A reader of each sort, of the same products.
    private static func readers(in folder: TemporaryFolder) throws -> [any CatalogueReader] {
        try folder.write(table, to: "styles.csv")
        let lines = (0..<5000).map { "{\"id\": \($0)}\n" }.joined()
        return [
            CSVCatalogue(bytes: Array(table.utf8), name: "table"), KaggleCatalogue(path: folder.path),
            JSONLinesCatalogue(bytes: Array(lines.utf8), name: "lines"),
        ]
    }

    @Test(arguments: [0, 1, 2]) func `leaves its caller's actor free`(reader: Int) async throws {
        let folder = try TemporaryFolder()
        let reader = try Self.readers(in: folder)[reader]
        let call = try await CallingActor().call { _ in try await reader.read() }
        #expect(call.leftActorFree)
        #expect(call.value.products.count == 5000)
    }

    @Test(arguments: [0, 1, 2]) func `ends when its task is cancelled`(reader: Int) async throws {
        let folder = try TemporaryFolder()
        let reader = try Self.readers(in: folder)[reader]
        await #expect(throws: CancellationError.self) {
            try await cancelling { cancel in
                cancel()
                return try await reader.read()
            }
        }
    }

    @Test(arguments: [\CSVFormat.maximumFileSize, \.maximumFieldSize, \.maximumFieldCount])
    func `a limit of nothing is refused`(limit: any WritableKeyPath<CSVFormat, Int> & Sendable) async {
        var format = CSVFormat()
        format[keyPath: limit] = 0
        let error = await #expect(throws: RecError.self) {
            try await CSVCatalogue(bytes: Array("id\n1\n".utf8), name: "table", format: format).read()
        }
        #expect(error?.code == .invalidSetting)
    }
}
