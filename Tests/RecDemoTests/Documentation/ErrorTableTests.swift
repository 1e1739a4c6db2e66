import Foundation
import RecCore
import Testing

/// The table of "Answering with errors", against the codes that the sources of all modules declare.
@Suite struct `The table of error codes` {
    private static let root = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL

    @Test func `it lists every code of every module with its kind and status, and no other`() throws {
        let page = Self.root.appending(path: "Sources/RecCore/RecCore.docc/answering-with-errors.md")
        let row = /\| `([a-z-]+)` \| `([a-z-]+)` \| (\d+) \| (\w+) \| \S.*\|/
        let listed = try String(contentsOf: page, encoding: .utf8).matches(of: row)
            .map { "\($0.1) \($0.2) \($0.3) \($0.4)" }
        let declared = try Self.declarations()
        #expect(declared.count > 40)
        #expect(Set(listed).subtracting(declared).sorted() == [])
        #expect(Set(declared).subtracting(listed).sorted() == [])
        #expect(Set(listed).count == listed.count)
    }

    @Test func `no two codes have the same name`() throws {
        let names = try Self.declarations().map { $0.prefix { $0 != " " } }
        #expect(Set(names).count == names.count)
    }

    /// Each code as `name kind status module`, as it is declared.
    private static func declarations() throws -> [String] {
        let sources = root.appending(path: "Sources")
        let declaration = /static let \w+ = RecError\.Code\(\s*"([a-z-]+)",\s*\.(\w+)\s*\)/
        var codes: [String] = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: sources.path) where path.hasSuffix(".swift") {
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            let found = text.matches(of: declaration)
            #expect(text.matches(of: /[^\/] RecError\.Code\(/).count == found.count, "a code without a name in \(path)")
            for code in found {
                let kind = try #require(kinds[String(code.2)], "the kind of \(code.1)")
                codes.append("\(code.1) \(kind.rawValue) \(kind.httpStatus) \(path.prefix { $0 != "/" })")
            }
        }
        return codes
    }

    /// The kinds as they are written in Swift.
    private static let kinds = Dictionary(
        uniqueKeysWithValues: RecError.Kind.allCases.map { ("\($0)", $0) }
    )
}
