import Configuration
import Foundation
import Logging

extension ShopSettings {
    /// A setting that can be given: a flag `--index VALUE`, `SHOP_INDEX` in the environment, or `index` in a file.
    struct Option {
        let name: String
        let help: String
    }

    static let options = [
        Option(name: "index", help: "index file, live folder, or address of a PostgreSQL table (required)"),
        Option(name: "catalog", help: "catalogue whose pictures are served, and that fills a new live folder"),
        Option(name: "port", help: "port to listen on (8080); also PORT in the environment"),
        Option(name: "host", help: "address to listen on (127.0.0.1)"),
        Option(name: "token", help: "token that changes require; without one, all changes are refused"),
        Option(name: "weights", help: "weights of the network (those that the index names, or the default model)"),
        Option(name: "uploads", help: "folder for uploaded pictures (INDEX.pictures)"),
        Option(name: "attributes", help: "attributes that a new index compares, separated by commas"),
        Option(name: "recall", help: "share of the nearest products that searches must find; 1 for exact ones (0.99)"),
        Option(name: "threads", help: "threads of the network (one for each processor)"),
        Option(name: "max-pending-pictures", help: "searches by picture in progress or waiting (32)"),
        Option(name: "max-body-bytes", help: "largest request body in bytes (10000000)"),
        Option(name: "max-pixels", help: "largest picture in pixels (25000000)"),
        Option(name: "timeout", help: "seconds that a request with a body may take (30)"),
        Option(name: "connections", help: "open connections (1000)"),
        Option(name: "picture-cache-bytes", help: "memory for resized pictures in bytes (67108864)"),
        Option(name: "answer-cache-bytes", help: "memory for recent answers in bytes (67108864)"),
        Option(name: "max-pending-json-bytes", help: "JSON bodies in memory at once in bytes (8388608)"),
        Option(name: "log-level", help: "trace, debug, info, notice, warning, error or critical (info)"),
        Option(name: "settings", help: "JSON file with the same names; see README for what a reload applies"),
    ]

    /// What `--help` prints.
    public static var help: String {
        let lines = options.map { option in
            "  --\(option.name)".padding(toLength: 26, withPad: " ", startingAt: 0) + option.help
        }
        let introduction = "Each flag is also an environment variable: --log-level is SHOP_LOG_LEVEL."
        return ([introduction, ""] + lines).joined(separator: "\n")
    }

    /// Reads the settings from flags, then the environment, then the file that they name; the first that has one counts.
    ///
    /// - Throws: `SettingsError` that names what is wrong.
    public static func read(
        arguments: [String] = CommandLine.arguments,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws -> ShopSettings {
        try checkNames(of: arguments)
        let flags = CommandLineArgumentsProvider(arguments: arguments, secretsSpecifier: .specific(["--token"]))
        let variables = EnvironmentVariablesProvider(
            environmentVariables: environment.filter { !$0.value.isEmpty },
            secretsSpecifier: .specific(["SHOP_TOKEN"])
        )
        let given: [any ConfigProvider] = [flags, variables.prefixKeys(with: "shop")]
        var providers = given
        if let path = ConfigReader(providers: providers).string(forKey: "settings") {
            do {
                providers.append(try await FileProvider<JSONSnapshot>(filePath: .init(path)))
            } catch {
                throw SettingsError("The settings in \(path) cannot be read: \(error)")
            }
        }
        let reader = SettingsReader(
            settings: ConfigReader(providers: providers),
            given: ConfigReader(providers: given),
            environment: ConfigReader(provider: variables)
        )
        return try reader.read()
    }

    private static func checkNames(of arguments: [String]) throws {
        for argument in arguments.dropFirst() where argument.hasPrefix("--") {
            let name = argument.dropFirst(2).prefix { $0 != "=" }
            guard options.contains(where: { $0.name == name }) else {
                throw SettingsError("There is no setting '--\(name)'. See --help for all of them.")
            }
        }
    }
}

/// A setting that cannot be used.
public struct SettingsError: Error, CustomStringConvertible {
    /// What is wrong and what to do.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Reads each setting with its range.
private struct SettingsReader {
    let settings: ConfigReader
    /// The settings without the file.
    let given: ConfigReader
    let environment: ConfigReader

    func read() throws -> ShopSettings {
        guard let index = settings.string(forKey: "index") else {
            throw SettingsError("No index is set. Give --index or SHOP_INDEX a path or the address of a table.")
        }
        var result = ShopSettings(index: index, threads: ProcessInfo.processInfo.activeProcessorCount)
        result.catalog = settings.string(forKey: "catalog")
        result.uploads = settings.string(forKey: "uploads")
        result.weights = settings.string(forKey: "weights")
        result.token = settings.string(forKey: "token", isSecret: true).flatMap { $0.isEmpty ? nil : $0 }
        result.host = settings.string(forKey: "host") ?? result.host
        result.attributes = (settings.string(forKey: "attributes") ?? "").split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        result.recall = try recall() ?? result.recall
        // PORT stands between SHOP_PORT and the file.
        let ports = 0...65_535
        let port = try number("port", in: ports, of: given) ?? number("port", in: ports, of: environment)
        result.port = try port ?? number("port", in: ports) ?? result.port
        result.threads = try number("threads", in: 1...256) ?? result.threads
        result.maximumPendingPictures =
            try number("max-pending-pictures", in: 1...10_000) ?? result.maximumPendingPictures
        result.maximumBodySize = try number("max-body-bytes", in: 1000...1_000_000_000) ?? result.maximumBodySize
        result.maximumPixelCount = try number("max-pixels", in: 1...1_000_000_000) ?? result.maximumPixelCount
        result.timeout = try number("timeout", in: 1...3600).map { .seconds($0) } ?? result.timeout
        result.connections = try number("connections", in: 1...100_000) ?? result.connections
        result.pictureCacheSize = try number("picture-cache-bytes", in: 0...(1 << 40)) ?? result.pictureCacheSize
        result.answerCacheSize = try number("answer-cache-bytes", in: 0...(1 << 40)) ?? result.answerCacheSize
        result.maximumPendingJSON =
            try number("max-pending-json-bytes", in: 1000...(1 << 40)) ?? result.maximumPendingJSON
        if let name = settings.string(forKey: "log-level") {
            guard let level = Logger.Level(rawValue: name) else {
                throw SettingsError(
                    "'log-level' is '\(name)'; use trace, debug, info, notice, warning, error or critical."
                )
            }
            result.logLevel = level
        }
        return result
    }

    private func recall() throws -> Double? {
        guard let text = settings.string(forKey: "recall") else { return nil }
        guard let recall = Double(text), (0.5...1).contains(recall) else {
            throw SettingsError("'recall' is '\(text)'; it must be a number from 0.5 to 1.")
        }
        return recall
    }

    private func number(_ name: String, in range: ClosedRange<Int>, of reader: ConfigReader? = nil) throws -> Int? {
        let reader = reader ?? settings
        let key = ConfigKey(name)
        guard let number = reader.int(forKey: key) else {
            guard let text = reader.string(forKey: key) else { return nil }
            throw SettingsError("'\(name)' is '\(text)'; it must be a whole number.")
        }
        guard range.contains(number) else {
            throw SettingsError("'\(name)' is \(number); it must be from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }
}
