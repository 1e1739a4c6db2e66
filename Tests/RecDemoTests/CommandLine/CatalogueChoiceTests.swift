import Foundation
import RecCore
import RecMetadata
import Testing
import rec_demo

@Suite struct `What --catalog names` {
    @Test(arguments: [
        ("shop/styles.csv", "id,a\n1,x\n", "shop"), ("products.jsonl", "{\"id\": 1, \"a\": \"x\"}\n", "products.jsonl"),
        ("products.NDJSON", "{\"id\": 1, \"a\": \"x\"}\n", "products.NDJSON"),
        ("products.txt", "\n {\"id\": 1, \"a\": \"x\"}\n", "products.txt"), ("table.csv", "id,a\n1,x\n", "table.csv"),
    ])
    func `is a folder or a file, known by its name or content`(file: String, content: String, path: String) async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rec-demo-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appending(path: file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: url)
        let catalogue = try await CatalogueChoice.reader(of: folder.appending(path: path).path).read()
        #expect(catalogue.products == [Product(id: "1", attributes: ["a": "x"])])
    }

    @Test func `must be there`() async throws {
        let error = await #expect(throws: RecError.self) {
            try await CatalogueChoice.reader(of: "/nothing/here").read()
        }
        #expect(error?.code == .fileNotFound)
    }

    @Test func `is named when it is no file`() async throws {
        let error = await #expect(throws: RecError.self) {
            try await CatalogueChoice.reader(of: "/dev/null").read()
        }
        #expect(error?.code == .unreadableFile)
        #expect(error?.message.contains("it is a device, and a file is needed") == true, "\(error?.message ?? "")")
    }
}
