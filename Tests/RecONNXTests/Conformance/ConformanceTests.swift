import Foundation
import RecONNX
import Testing

private let package = "onnx-1.22.0"

private func isThere(_ part: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(ConformanceCase.folder)/\(part)")
}

/// The standard's own cases, as `Scripts/fetch_onnx_cases.sh` fetches them: each as it is, and folded.
@Suite(.enabled(if: isThere(package), "Scripts/fetch_onnx_cases.sh fetches the cases"))
struct ConformanceTests {
    private func failures(_ cases: [ConformanceCase], folded: Bool) -> [String] {
        cases.compactMap { test in
            ConformanceRun(test, folded: folded).fault.map { "\(test.name): \($0)" }
        }
    }

    @Test(arguments: [false, true])
    func `every case of a convolutional network or a vision transformer passes`(folded: Bool) {
        let cases = ConformanceCase.all("\(package)/node", operators: ConformanceScope.tierC)
        #expect(cases.count == 288)
        #expect(failures(cases, folded: folded) == [])
    }

    @Test(arguments: [false, true])
    func `cases of text towers, masks and positions pass, all but three`(folded: Bool) {
        let cases = ConformanceCase.all("\(package)/node", operators: ConformanceScope.tierD)
        let failures = failures(cases, folded: folded)
        #expect(cases.count == 526)
        #expect(failures.count <= 3, "\(failures)")
    }

    @Test(arguments: [false, true])
    func `cases of all listed operators pass, all but five`(folded: Bool) {
        let cases = ConformanceCase.all("\(package)/node")
        let failures = failures(cases, folded: folded)
        #expect(cases.count == 955)
        #expect(failures.count <= 5, "\(failures)")
    }

    @Test(arguments: [("pytorch-converted", 82), ("pytorch-operator", 30), ("simple", 6)], [false, true])
    func `cases of old exporters pass`(part: (name: String, count: Int), folded: Bool) {
        let cases = ConformanceCase.all("\(package)/\(part.name)")
        #expect(cases.count == part.count)
        #expect(failures(cases, folded: folded) == [])
    }

    @Test(.enabled(if: isThere("debian/node"), "apt has no libonnx-testdata"), arguments: [false, true])
    func `cases of Debian's older data pass`(folded: Bool) {
        let cases = ConformanceCase.all("debian/node")
        #expect(cases.count >= 550)
        #expect(failures(cases, folded: folded) == [])
    }

    @Test func `the page says what passes`() throws {
        let page = ConformancePage(package: package)
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Docs/ONNX/Conformance.md").standardized.path()
        if ProcessInfo.processInfo.environment["REC_WRITE_CONFORMANCE"] != nil {
            try FileManager.default.createDirectory(
                atPath: URL(filePath: path).deletingLastPathComponent().path(),
                withIntermediateDirectories: true
            )
            try page.text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for line in page.countLines { #expect(text.contains(line), "run make conformance") }
    }
}
