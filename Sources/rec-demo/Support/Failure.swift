import ArgumentParser
import RecCore

/// How errors are shown and what they do to the exit code.
package enum Failure {
    /// The code and message of an error as JSON.
    package static func json(_ error: any Error) -> JSONValue {
        let code = (error as? RecError)?.code.name ?? "error"
        return .object([("code", .string(code)), ("message", .string(message(error)))])
    }

    /// What an error says.
    static func message(_ error: any Error) -> String {
        (error as? RecError)?.message ?? "\(error)"
    }

    /// Runs `body`; an error is printed on standard error and ends the command with code 1.
    static func exiting<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw exit(for: error)
        }
    }

    /// Runs `body`; an error is printed on standard error and ends the command with code 1.
    static func exiting<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch {
            throw exit(for: error)
        }
    }

    private static func exit(for error: any Error) -> any Error {
        if error is ExitCode || error is ValidationError { return error }
        if error is CancellationError {
            Console.note("Stopped.")
            return ExitCode.failure
        }
        Console.note("rec-demo: \(message(error))")
        return ExitCode.failure
    }
}
