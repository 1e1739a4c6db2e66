import Foundation
import RecCore

/// Answers each line of JSON on standard input with one line of JSON on standard output, until the input ends.
///
/// The protocol is that of the rivals (`Benchmarks/README.md`): the answer to a command is an object of its results, or
/// `{"error": "..."}` when it could not be carried out; a worker survives that.
@main
enum RecBench {
    static func main() async throws {
        let worker = Worker()
        while let line = readLine() {
            var answer: Answer
            do {
                let command = try JSONDecoder().decode(Command.self, from: Data(line.utf8))
                answer = try await worker.answer(command)
            } catch let error as RecError {
                answer = Answer(error: error.message, code: error.code.name)
            } catch let error as BenchError {
                answer = Answer(error: error.message)
            } catch {
                answer = Answer(error: "not a command: \(error)")
            }
            let text = try JSONEncoder().encode(answer) + Data("\n".utf8)
            try FileHandle.standardOutput.write(contentsOf: text)
        }
    }
}
