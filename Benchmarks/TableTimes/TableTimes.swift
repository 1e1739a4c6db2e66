import Foundation
import RecCore
import RecMetadata

/// Reads a table, and prints the time and the greatest memory as one JSON object.
///
///     table-times FILE [fit]
///
/// `FILE` ends in `.csv` or `.jsonl`. With `fit` an encoder is fitted to the products afterwards.
@main
enum TableTimes {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 1 else {
            print("usage: table-times FILE.csv|FILE.jsonl [fit]")
            exit(64)
        }
        let before = peakMemory
        let clock = ContinuousClock()
        let processor = clockTime
        var catalogue: Catalogue?
        let time = try await clock.measure { catalogue = try await reader(of: arguments[1]).read() }
        let (memory, used) = (peakMemory, clockTime - processor)
        let products = catalogue?.products ?? []
        var fields = [
            "\"rows\": \(products.count)", "\"seconds\": \(seconds(time))", "\"processor\": \(used)",
            "\"peak\": \(memory)", "\"atStart\": \(before)",
        ]
        if arguments.dropFirst(2).first == "fit" {
            let names: [AttributeEncoding] = [
                "gender", "masterCategory", "subCategory", "articleType", "baseColour", "season", "usage",
            ]
            var columns = 0
            let fitting = try clock.measure {
                columns = try OneHotEncoder(fitting: products, attributes: names).space.attributes.count
            }
            fields.append("\"fitting\": \(seconds(fitting)), \"attributes\": \(columns)")
        }
        print("{\(fields.joined(separator: ", "))}")
    }

    private static func reader(of path: String) -> any CatalogueReader {
        path.hasSuffix(".jsonl") ? JSONLinesCatalogue(path: path) : CSVCatalogue(path: path)
    }

    /// The processor time of this process, in seconds.
    private static var clockTime: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }

    /// The greatest memory that was resident so far, in bytes; 0 where the system does not say.
    private static var peakMemory: Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Int($0) })
        else { return 0 }
        return kilobytes * 1024
    }
}
