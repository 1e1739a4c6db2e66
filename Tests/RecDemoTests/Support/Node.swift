import Foundation

/// Node.js, where it is installed: runs JavaScript without a browser.
enum Node {
    struct Failure: Error {
        let message: String
    }

    /// Whether there is a version that has a test runner and the syntax that browsers of today read.
    static let isInstalled =
        (try? answer(Int.self, to: "console.log(parseInt(process.versions.node))")).map { $0 >= 18 } ?? false

    private static let executable = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .flatMap { ["\($0)/node", "\($0)/nodejs"] }
        .first(where: FileManager.default.isExecutableFile)

    /// What a program writes to standard output, read as JSON.
    static func answer<Value: Decodable>(_ type: Value.Type, to program: String) throws -> Value {
        try JSONDecoder().decode(type, from: run(["--eval", program]))
    }

    /// Runs Node.js and returns what it writes to standard output.
    @discardableResult
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Data {
        guard let executable else { throw Failure(message: "there is no Node.js in the path") }
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        let complaint = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(message: String(decoding: data + complaint, as: UTF8.self))
        }
        return data
    }
}
