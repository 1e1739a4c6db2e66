import Foundation

/// Node.js, where it is installed: runs JavaScript without a browser.
enum Node {
    struct Failure: Error {
        let message: String
    }

    static let isInstalled = executable != nil

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
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = executable.map { URL(fileURLWithPath: $0) }
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
